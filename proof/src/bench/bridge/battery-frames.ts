import { type AnyMessageInit, encodeFrame, MavAutopilot, MavModeFlag, MavState, MavType } from "@outrider/mavlink";

/** Bytes of one datagram of the bench (design section 12). */
export const datagramBytes = 49;
const counters = 256;
const fieldsUsed = 37;

/**
 * One BATTERY_STATUS for each value of the counter, ready to send: 36 bytes of fields and one of an extension, so that
 * the frame has the bench's length and every one of them changes what is known of the aircraft.
 */
export function batteryFrames(sysid: number): readonly Uint8Array[] {
  return Array.from({ length: counters }, (_, seq) => {
    const message: AnyMessageInit = {
      name: "BATTERY_STATUS",
      id: 0,
      temperature: 2_500,
      voltages: [23_600, ...Array<number>(9).fill(0xffff)],
      currentBattery: 1_800,
      currentConsumed: 900 + seq,
      energyConsumed: 4_000,
      batteryRemaining: 20 + (seq % 80),
      timeRemaining: 200,
    };
    const frame = encodeFrame(message, { sysid, compid: 1, seq });
    if (frame.length !== datagramBytes || frame[1] !== fieldsUsed)
      throw new Error(`the bench's frame has ${frame.length} bytes, not ${datagramBytes}`);
    return frame;
  });
}

/** What makes the bridge take a system for an aircraft: its heartbeat and its name. */
export function introduction(sysid: number): readonly Uint8Array[] {
  const heartbeat: AnyMessageInit = {
    name: "HEARTBEAT",
    type: MavType.QUADROTOR,
    autopilot: MavAutopilot.PX4,
    baseMode: MavModeFlag.CUSTOM_MODE_ENABLED,
    customMode: 0x03_04_00_00,
    systemStatus: MavState.STANDBY,
    mavlinkVersion: 3,
  };
  const version: AnyMessageInit = { name: "AUTOPILOT_VERSION", uid: 0x42_00n + BigInt(sysid) };
  // Its counter follows on the last battery frame's: a gap would be a frame lost.
  return [heartbeat, version].map((message) => encodeFrame(message, { sysid, compid: 1, seq: 0 }));
}
