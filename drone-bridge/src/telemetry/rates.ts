import { MavCmd, type MessageName, messageId } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { cameraCompid } from "../camera/index.js";
import type { CommandSpec } from "../command/index.js";

/** What is asked of every aircraft, in Hz; the rest stays as the autopilot has it. */
const wanted: readonly (readonly [MessageName, number])[] = [
  ["GLOBAL_POSITION_INT", 20],
  ["ATTITUDE", 20],
  ["GPS_RAW_INT", 5],
  // A GNSS jump shows here for 6 to 8 s only; PX4's default of 0.5 Hz would see it three times.
  ["ESTIMATOR_STATUS", 10],
  ["EXTENDED_SYS_STATE", 5],
  ["BATTERY_STATUS", 1],
  ["POSITION_TARGET_GLOBAL_INT", 2],
  ["WIND_COV", 1],
  // Streams that nothing here reads, at 50 Hz by default: half of an LTE link's budget.
  ["ATTITUDE_QUATERNION", -1],
  ["ATTITUDE_TARGET", -1],
  ["POSITION_TARGET_LOCAL_NED", -1],
  ["SERVO_OUTPUT_RAW", -1],
  ["LOCAL_POSITION_NED", -1],
];

export const rateCommands = (): CommandSpec[] =>
  wanted.map(([name, rateHz]) => interval(name, rateHz, autopilotCompid));

/** Gimbal and camera, where there are any; silence is an answer too. What they are is asked by their own watches. */
export const payloadCommands = (): CommandSpec[] => [
  interval("GIMBAL_DEVICE_ATTITUDE_STATUS", 10, autopilotCompid),
  interval("CAMERA_FOV_STATUS", 5, cameraCompid),
];

/** Asks for one message once. */
export function request(name: MessageName, compid: number): CommandSpec {
  const params = [messageId(name), 0, 0, 0, 0, 0, 0] as const;
  return {
    what: `ask for ${name}`,
    command: MavCmd.REQUEST_MESSAGE,
    form: "long",
    params,
    compid,
    tries: 3,
    answersTwice: false,
  };
}

function interval(name: MessageName, rateHz: number, compid: number): CommandSpec {
  const params = [messageId(name), rateHz > 0 ? 1e6 / rateHz : -1, 0, 0, 0, 0, 0] as const;
  return {
    what: `set the rate of ${name}`,
    command: MavCmd.SET_MESSAGE_INTERVAL,
    form: "long",
    params,
    compid,
    tries: 3,
    answersTwice: false,
  };
}
