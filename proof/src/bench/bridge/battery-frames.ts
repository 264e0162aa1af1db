import {
  type AnyMessageInit,
  encodeFrame,
  MavAutopilot,
  MavCmd,
  type MavMessage,
  MavModeFlag,
  MavParamType,
  MavResult,
  MavState,
  MavType,
  messageId,
} from "@outrider/mavlink";

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

/** What makes the bridge take a system for an autopilot. */
export const heartbeat: AnyMessageInit = {
  name: "HEARTBEAT",
  type: MavType.QUADROTOR,
  autopilot: MavAutopilot.PX4,
  baseMode: MavModeFlag.CUSTOM_MODE_ENABLED,
  customMode: 0x03_04_00_00,
  systemStatus: MavState.STANDBY,
  mavlinkVersion: 3,
};

/**
 * What an aircraft answers to what it is asked when it is met, its name first, so that the asking comes to an end. One
 * that never answers is asked again for a minute, which is no part of hearing it.
 */
export function answersTo(asked: MavMessage, sysid: number): readonly AnyMessageInit[] {
  switch (asked.name) {
    case "COMMAND_LONG":
    case "COMMAND_INT": {
      const ack: AnyMessageInit = {
        name: "COMMAND_ACK",
        command: asked.command,
        result: MavResult.ACCEPTED,
        targetSystem: 255,
        targetComponent: 190,
      };
      const named = asked.command === MavCmd.REQUEST_MESSAGE && asked.param1 === messageId("AUTOPILOT_VERSION");
      return named ? [ack, { name: "AUTOPILOT_VERSION", uid: 0x42_00n + BigInt(sysid) }] : [ack];
    }
    case "PARAM_REQUEST_READ":
      return [parameter(asked.paramId)];
    case "PARAM_REQUEST_LIST":
      return [parameter("SYS_AUTOSTART")];
    default:
      return [];
  }
}

const parameter = (paramId: string): AnyMessageInit => ({
  name: "PARAM_VALUE",
  paramId,
  paramValue: 1,
  paramType: MavParamType.REAL32,
  paramCount: 1,
  paramIndex: 0,
});
