import { fieldOffset, infoOf, type MessageName, MessagePool, type ScannedFrame } from "@outrider/mavlink";

/** Rows of the state: what a ground station keeps of an aircraft, each updated from the frame's bytes in place. */
const fields: readonly (readonly [MessageName, readonly string[]])[] = [
  ["HEARTBEAT", ["customMode", "baseMode", "systemStatus"]],
  ["SYS_STATUS", ["batteryRemaining", "onboardControlSensorsHealth"]],
  ["GLOBAL_POSITION_INT", ["timeBootMs", "lat", "lon", "alt", "vx", "vy", "vz", "hdg"]],
  ["ATTITUDE", ["roll", "pitch", "yaw"]],
  ["ATTITUDE_QUATERNION", ["q1", "q2", "q3", "q4"]],
  ["LOCAL_POSITION_NED", ["x", "y", "z"]],
  ["GPS_RAW_INT", ["lat", "lon", "fixType", "satellitesVisible"]],
  ["EXTENDED_SYS_STATE", ["landedState"]],
  ["BATTERY_STATUS", ["batteryRemaining"]],
  ["HOME_POSITION", ["latitude", "longitude", "altitude"]],
  ["ESTIMATOR_STATUS", ["posHorizRatio", "velRatio", "flags"]],
  ["POSITION_TARGET_GLOBAL_INT", ["latInt", "lonInt", "alt"]],
  ["VFR_HUD", ["groundspeed", "climb"]],
];

type Read = { readonly slot: number; readonly offset: number; readonly type: string; readonly name: string };
type Row = { readonly needs: number; readonly reads: readonly Read[] };

/** Latest values of one aircraft in one typed array, straight from scanned frames: no message object is made. */
export class FlightState {
  readonly values: Float64Array;
  readonly #rows: readonly (Row | undefined)[];
  readonly #pool = new MessagePool();

  constructor() {
    const rows: (Row | undefined)[] = Array.from({ length: 512 });
    let slot = 0;
    for (const [message, names] of fields) {
      const info = infoOf(message);
      const reads = names.map((name) => {
        const type = info.fields.find((field) => field.name === name)?.type ?? "uint8_t";
        return { slot: slot++, offset: fieldOffset(message, name), type, name };
      });
      const needs = Math.max(...reads.map((read) => read.offset + (sizes[read.type] ?? 1)));
      rows[info.id] = { needs, reads };
    }
    this.#rows = rows;
    this.values = new Float64Array(slot);
  }

  update(frame: ScannedFrame): void {
    const row = this.#rows[frame.msgid];
    if (row === undefined) return;
    // A sender cuts trailing zeros: what is not there is zero, and the bytes behind it belong to something else.
    if (frame.payloadLength < row.needs) return this.#updateWhole(frame, row);
    const { view, payloadStart } = frame;
    const { values } = this;
    for (let i = 0; i < row.reads.length; i++) {
      const read = row.reads[i];
      if (read !== undefined) values[read.slot] = valueAt(view, payloadStart + read.offset, read.type);
    }
  }

  #updateWhole(frame: ScannedFrame, row: Row): void {
    const message: unknown = this.#pool.decode(frame);
    if (typeof message !== "object" || message === null) return;
    for (const read of row.reads) this.values[read.slot] = Number(Reflect.get(message, read.name));
  }
}

const sizes: Readonly<Record<string, number>> = {
  int8_t: 1,
  uint8_t: 1,
  int16_t: 2,
  uint16_t: 2,
  int32_t: 4,
  uint32_t: 4,
  float: 4,
};

function valueAt(view: DataView, at: number, type: string): number {
  switch (type) {
    case "float":
      return view.getFloat32(at, true);
    case "int32_t":
      return view.getInt32(at, true);
    case "uint32_t":
      return view.getUint32(at, true);
    case "int16_t":
      return view.getInt16(at, true);
    case "uint16_t":
      return view.getUint16(at, true);
    case "int8_t":
      return view.getInt8(at);
    default:
      return view.getUint8(at);
  }
}
