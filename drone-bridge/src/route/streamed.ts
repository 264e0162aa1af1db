import { type MessageName, messageId } from "@outrider/mavlink";

/**
 * What autopilots send many times a second. These go into the state of an aircraft and nowhere else: its numbers are
 * taken over at once, and neither the message nor its arrays are kept, so that one object serves them all. A kind that a
 * desk or a watch of its own waits for must not be named here.
 */
export const streamedNames: readonly MessageName[] = [
  "SYS_STATUS",
  "GPS_RAW_INT",
  "GPS2_RAW",
  "RAW_IMU",
  "SCALED_IMU",
  "SCALED_IMU2",
  "SCALED_IMU3",
  "SCALED_PRESSURE",
  "SCALED_PRESSURE2",
  "ATTITUDE",
  "ATTITUDE_QUATERNION",
  "LOCAL_POSITION_NED",
  "GLOBAL_POSITION_INT",
  "RC_CHANNELS",
  "SERVO_OUTPUT_RAW",
  "NAV_CONTROLLER_OUTPUT",
  "VFR_HUD",
  "ATTITUDE_TARGET",
  "POSITION_TARGET_LOCAL_NED",
  "POSITION_TARGET_GLOBAL_INT",
  "HIGHRES_IMU",
  "OPTICAL_FLOW_RAD",
  "DISTANCE_SENSOR",
  "ALTITUDE",
  "BATTERY_STATUS",
  "ESTIMATOR_STATUS",
  "WIND_COV",
  "VIBRATION",
  "EXTENDED_SYS_STATE",
  "ODOMETRY",
  "EKF_STATUS_REPORT",
  "GIMBAL_DEVICE_ATTITUDE_STATUS",
  "CAMERA_FOV_STATUS",
];

const highestId = 0xffff;
const streamed = marks();

function marks(): Uint8Array {
  const out = new Uint8Array(highestId + 1);
  for (const name of streamedNames) out[messageId(name)] = 1;
  return out;
}

/** Whether a message of this id is streamed. */
export const isStreamed = (msgid: number): boolean => streamed[msgid] === 1;
