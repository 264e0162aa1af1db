import {
  type AnyMessageInit,
  type Dice,
  encodeFrame,
  type Frame,
  FrameReader,
  type MessageName,
} from "@outrider/mavlink";
import { Aircraft } from "../aircraft/index.js";
import type { Path } from "../route/index.js";
import { Traffic, trafficTiming } from "../traffic/index.js";
import { FuzzClock } from "./fuzz-clock.js";
import { machineFuzzes } from "./machines.js";
import { madeUp, oneOf, whole } from "./made-up.js";

/** Everything that some service of an aircraft reads. */
const read: readonly MessageName[] = [
  "HEARTBEAT",
  "CURRENT_MODE",
  "GLOBAL_POSITION_INT",
  "ATTITUDE",
  "EXTENDED_SYS_STATE",
  "SYS_STATUS",
  "BATTERY_STATUS",
  "HOME_POSITION",
  "GPS_RAW_INT",
  "GPS2_RAW",
  "ESTIMATOR_STATUS",
  "POSITION_TARGET_GLOBAL_INT",
  "MISSION_CURRENT",
  "WIND_COV",
  "GIMBAL_DEVICE_ATTITUDE_STATUS",
  "GIMBAL_MANAGER_INFORMATION",
  "GIMBAL_MANAGER_STATUS",
  "CAMERA_FOV_STATUS",
  "CAMERA_INFORMATION",
  "STORAGE_INFORMATION",
  "VIDEO_STREAM_INFORMATION",
  "VIDEO_STREAM_STATUS",
  "STATUSTEXT",
  "EVENT",
  "CURRENT_EVENT_SEQUENCE",
  "RESPONSE_EVENT_ERROR",
  "COMMAND_ACK",
  "PARAM_VALUE",
  "TIMESYNC",
  "FILE_TRANSFER_PROTOCOL",
  "MISSION_REQUEST",
  "MISSION_REQUEST_INT",
  "MISSION_ACK",
  "MISSION_COUNT",
  "MISSION_ITEM_INT",
  "HIGH_LATENCY2",
  "OPEN_DRONE_ID_ARM_STATUS",
];

/** Commands that only ask; nothing else may leave while nobody ordered anything. */
const asking: ReadonlySet<number> = new Set([511, 512]);
const messagesARound = 400;

/** Steps of one machine with anything as input, then an aircraft that says anything. Throws with what was found. */
export function fuzzServices(dice: Dice): Readonly<Record<string, number>> {
  if (dice() < 0.7) {
    const fuzz = oneOf(dice, machineFuzzes);
    try {
      fuzz.run(dice);
    } catch (error) {
      throw new Error(`${fuzz.machine}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    return { machines: 1 };
  }
  if (dice() < 0.2) return fuzzTraffic(dice);
  return fuzzAircraft(dice);
}

function fuzzTraffic(dice: Dice): Readonly<Record<string, number>> {
  const traffic = new Traffic();
  for (let n = 0; n < messagesARound * 3; n++) {
    const message = madeUp(dice() < 0.5 ? "ADSB_VEHICLE" : "UTM_GLOBAL_POSITION", dice);
    if (message.name === "ADSB_VEHICLE") traffic.adsb("a", message, n);
    if (message.name === "UTM_GLOBAL_POSITION") traffic.utm("a", message, n);
  }
  const seen = traffic.seen(messagesARound);
  if (seen.length > trafficTiming.most) throw new Error(`${seen.length} others are kept`);
  for (const one of seen)
    if (!(Math.abs(one.latDeg) <= 90 && Math.abs(one.lonDeg) <= 180 && one.ageMs >= 0))
      throw new Error("a place that is none");
  return { traffic: 1 };
}

/** A whole aircraft that lies about everything: it is never armed or moved, and costs a bounded number of frames and facts. */
function fuzzAircraft(dice: Dice): Readonly<Record<string, number>> {
  const clock = new FuzzClock();
  const sent: AnyMessageInit[] = [];
  let facts = 0;
  const aircraft = new Aircraft({
    uid: "a",
    handle: 1,
    sysid: 1,
    compid: 1,
    autopilot: oneOf(dice, [12, 3, 0]),
    clock,
    sink: () => {
      facts++;
    },
    sendOn: (_path, message) => {
      sent.push(message);
      return dice() < 0.98;
    },
    failsafeParameters: ["NAV_DLL_ACT", "COM_DL_LOSS_T"],
    before: undefined,
    onText: () => {},
    onSticksGivenUp: () => {},
    onReboot: (rebooted) => rebooted.greet(),
  });
  const path: Path = { key: "p", link: "l", peer: "x", signed: false };
  aircraft.addPath(path);
  aircraft.greet();
  aircraft.services.files.read("/log", () => {});
  const beganMs = clock.nowMs();
  for (let n = 0; n < messagesARound; n++) {
    const message = madeUp(oneOf(dice, read), dice);
    const compid = oneOf(dice, [1, 1, 1, 100, 154, 161, 236]);
    aircraft.hear(path, frameOf(compid, n), message, clock.nowMs());
    aircraft.update(clock.nowMs());
    clock.pass(whole(dice, 200));
  }
  const seconds = (clock.nowMs() - beganMs) / 1000;
  judge(sent, facts, seconds, clock);
  aircraft.close();
  return { aircraft: 1, heard: messagesARound, sent: sent.length };
}

function judge(sent: readonly AnyMessageInit[], facts: number, seconds: number, clock: FuzzClock): void {
  for (const message of sent) {
    const commanding = message.name === "COMMAND_LONG" || message.name === "COMMAND_INT";
    if (commanding && !asking.has(message.command ?? 0)) throw new Error(`it was commanded ${message.command}`);
    if (message.name === "PARAM_SET" || message.name === "SET_MODE") throw new Error(`it was sent ${message.name}`);
  }
  // Each lie may be answered by a question, and none by more than a handful.
  if (sent.length > 20 * messagesARound + 100 * seconds) throw new Error(`${sent.length} frames in ${seconds} s`);
  if (facts > 6 * messagesARound) throw new Error(`${facts} facts of ${messagesARound} messages`);
  if (clock.waiting > 200) throw new Error(`${clock.waiting} timers wait`);
}

/** Header of a frame; its bytes are not looked at by an aircraft. */
function frameOf(compid: number, seq: number): Frame {
  let frame: Frame | undefined;
  new FrameReader().pushDatagram(
    encodeFrame({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid: 1, compid, seq: seq & 0xff }),
    (read) => {
      frame = read;
    },
  );
  if (frame === undefined) throw new Error("a frame of our own was not read");
  return frame;
}
