import { type MessageName, MessagePool, messageName, type ScannedFrame } from "@outrider/mavlink";

/** What a station keeps of an aircraft, by message; the places in `values` follow this order. */
export const kept: readonly (readonly [MessageName, readonly string[]])[] = [
  ["HEARTBEAT", ["customMode", "baseMode", "systemStatus"]],
  ["SYS_STATUS", ["onboardControlSensorsHealth", "voltageBattery", "batteryRemaining"]],
  ["GPS_RAW_INT", ["lat", "lon", "fixType", "satellitesVisible"]],
  ["ATTITUDE", ["roll", "pitch", "yaw", "rollspeed", "pitchspeed", "yawspeed"]],
  ["ATTITUDE_QUATERNION", ["q1", "q2", "q3", "q4"]],
  ["LOCAL_POSITION_NED", ["x", "y", "z", "vx", "vy", "vz"]],
  ["GLOBAL_POSITION_INT", ["timeBootMs", "lat", "lon", "alt", "vx", "vy", "vz", "hdg"]],
  ["VFR_HUD", ["groundspeed", "climb"]],
  ["POSITION_TARGET_GLOBAL_INT", ["latInt", "lonInt", "alt"]],
  ["BATTERY_STATUS", ["batteryRemaining"]],
  ["ESTIMATOR_STATUS", ["velRatio", "posHorizRatio", "flags"]],
  ["HOME_POSITION", ["latitude", "longitude", "altitude"]],
  ["EXTENDED_SYS_STATE", ["landedState"]],
];

const first = (wanted: MessageName): number => {
  let place = 0;
  for (const [name, fields] of kept) {
    if (name === wanted) return place;
    place += fields.length;
  }
  throw new Error(`the state keeps nothing of ${wanted}`);
};

/**
 * Latest values of one aircraft in one typed array, straight from scanned frames: no message object is made. The
 * offsets stand here as numbers because that is what makes it fast; the test holds them against the full decoder.
 */
export class FlightState {
  readonly values = new Float64Array(kept.reduce((sum, [, fields]) => sum + fields.length, 0));
  readonly #pool = new MessagePool();

  update(frame: ScannedFrame): void {
    const { view: v, payloadStart: p, payloadLength: n } = frame;
    const o = this.values;
    switch (frame.msgid) {
      case 30: // ATTITUDE
        if (n < 28) return this.#whole(frame);
        o[10] = v.getFloat32(p + 4, true);
        o[11] = v.getFloat32(p + 8, true);
        o[12] = v.getFloat32(p + 12, true);
        o[13] = v.getFloat32(p + 16, true);
        o[14] = v.getFloat32(p + 20, true);
        o[15] = v.getFloat32(p + 24, true);
        return;
      case 31: // ATTITUDE_QUATERNION
        if (n < 20) return this.#whole(frame);
        o[16] = v.getFloat32(p + 4, true);
        o[17] = v.getFloat32(p + 8, true);
        o[18] = v.getFloat32(p + 12, true);
        o[19] = v.getFloat32(p + 16, true);
        return;
      case 32: // LOCAL_POSITION_NED
        if (n < 28) return this.#whole(frame);
        o[20] = v.getFloat32(p + 4, true);
        o[21] = v.getFloat32(p + 8, true);
        o[22] = v.getFloat32(p + 12, true);
        o[23] = v.getFloat32(p + 16, true);
        o[24] = v.getFloat32(p + 20, true);
        o[25] = v.getFloat32(p + 24, true);
        return;
      case 33: // GLOBAL_POSITION_INT
        if (n < 28) return this.#whole(frame);
        o[26] = v.getUint32(p + 0, true);
        o[27] = v.getInt32(p + 4, true);
        o[28] = v.getInt32(p + 8, true);
        o[29] = v.getInt32(p + 12, true);
        o[30] = v.getInt16(p + 20, true);
        o[31] = v.getInt16(p + 22, true);
        o[32] = v.getInt16(p + 24, true);
        o[33] = v.getUint16(p + 26, true);
        return;
      default:
        return this.#updateRare(frame);
    }
  }

  #updateRare(frame: ScannedFrame): void {
    const { view: v, payloadStart: p, payloadLength: n } = frame;
    const o = this.values;
    switch (frame.msgid) {
      case 0: // HEARTBEAT
        if (n < 8) return this.#whole(frame);
        o[0] = v.getUint32(p + 0, true);
        o[1] = v.getUint8(p + 6);
        o[2] = v.getUint8(p + 7);
        return;
      case 1: // SYS_STATUS
        if (n < 31) return this.#whole(frame);
        o[3] = v.getUint32(p + 8, true);
        o[4] = v.getUint16(p + 14, true);
        o[5] = v.getInt8(p + 30);
        return;
      case 24: // GPS_RAW_INT
        if (n < 30) return this.#whole(frame);
        o[6] = v.getInt32(p + 8, true);
        o[7] = v.getInt32(p + 12, true);
        o[8] = v.getUint8(p + 28);
        o[9] = v.getUint8(p + 29);
        return;
      case 74: // VFR_HUD
        if (n < 16) return this.#whole(frame);
        o[34] = v.getFloat32(p + 4, true);
        o[35] = v.getFloat32(p + 12, true);
        return;
      case 87: // POSITION_TARGET_GLOBAL_INT
        if (n < 16) return this.#whole(frame);
        o[36] = v.getInt32(p + 4, true);
        o[37] = v.getInt32(p + 8, true);
        o[38] = v.getFloat32(p + 12, true);
        return;
      case 147: // BATTERY_STATUS
        if (n < 36) return this.#whole(frame);
        o[39] = v.getInt8(p + 35);
        return;
      case 230: // ESTIMATOR_STATUS
        if (n < 42) return this.#whole(frame);
        o[40] = v.getFloat32(p + 8, true);
        o[41] = v.getFloat32(p + 12, true);
        o[42] = v.getUint16(p + 40, true);
        return;
      case 242: // HOME_POSITION
        if (n < 12) return this.#whole(frame);
        o[43] = v.getInt32(p + 0, true);
        o[44] = v.getInt32(p + 4, true);
        o[45] = v.getInt32(p + 8, true);
        return;
      case 245: // EXTENDED_SYS_STATE
        if (n < 2) return this.#whole(frame);
        o[46] = v.getUint8(p + 1);
        return;
    }
  }

  /** A sender cuts trailing zeros: what is not there is zero, and the bytes behind it belong to something else. */
  #whole(frame: ScannedFrame): void {
    const name = messageName(frame.msgid);
    const message: unknown = this.#pool.decode(frame);
    if (name === undefined || typeof message !== "object" || message === null) return;
    const fields = kept.find(([one]) => one === name)?.[1] ?? [];
    const from = first(name);
    fields.forEach((field, i) => {
      this.values[from + i] = Number(Reflect.get(message, field));
    });
  }
}
