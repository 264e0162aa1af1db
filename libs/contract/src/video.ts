import type { GeoPoint } from "./place.js";

/** Where the camera was and looked at the capture time of one frame: true north, degrees, AMSL. */
export type CameraPose = {
  readonly point: GeoPoint;
  readonly altAmslM: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly hfovDeg: number;
};

/** One H.264 access unit (Annex B) on its way to a viewer, with everything that is known of its moment. */
export type VideoUnit = {
  readonly handle: number;
  readonly key: boolean;
  /** Run time of capture; undefined when no sender report tied the stream to a clock: then click-to-ground is off. */
  readonly capturedMs: number | undefined;
  /** Run time at which the station sent it. */
  readonly sentMs: number;
  /** Counts access units of this stream, gap = lost. */
  readonly number: number;
  readonly pose: CameraPose | undefined;
  /** Corners on the ground: upper-left, upper-right, lower-right, lower-left of the image; missing where it sees sky. */
  readonly footprint: readonly (GeoPoint | undefined)[];
  readonly data: Uint8Array;
};

const magic = 0x4f56;
export const videoHeaderBytes = 96;
const none32 = -2147483648;

/** Layout: magic u16, version u8, flags u8 (1 key, 2 time known, 4 pose known), handle u16, spare u16, times f64 x2, number u32, pose, corners, data. */
export function encodeVideoUnit(unit: VideoUnit): Uint8Array {
  const bytes = new Uint8Array(videoHeaderBytes + unit.data.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, magic, true);
  view.setUint8(2, 1);
  view.setUint8(3, (unit.key ? 1 : 0) | (unit.capturedMs !== undefined ? 2 : 0) | (unit.pose ? 4 : 0));
  view.setUint16(4, unit.handle, true);
  view.setFloat64(8, unit.capturedMs ?? 0, true);
  view.setFloat64(16, unit.sentMs, true);
  view.setUint32(24, unit.number, true);
  if (unit.pose) writePose(view, unit.pose);
  for (let corner = 0; corner < 4; corner++) writeCorner(view, 64 + corner * 8, unit.footprint[corner]);
  bytes.set(unit.data, videoHeaderBytes);
  return bytes;
}

function writePose(view: DataView, pose: CameraPose): void {
  view.setFloat64(28, pose.point.latDeg, true);
  view.setFloat64(36, pose.point.lonDeg, true);
  view.setFloat32(44, pose.altAmslM, true);
  view.setFloat32(48, pose.yawDeg, true);
  view.setFloat32(52, pose.pitchDeg, true);
  view.setFloat32(56, pose.rollDeg, true);
  view.setFloat32(60, pose.hfovDeg, true);
}

function writeCorner(view: DataView, at: number, corner: GeoPoint | undefined): void {
  view.setInt32(at, corner ? Math.round(corner.latDeg * 1e7) : none32, true);
  view.setInt32(at + 4, corner ? Math.round(corner.lonDeg * 1e7) : none32, true);
}

/** Undefined for anything that is not a whole unit of this version. `data` is a view into `bytes`. */
export function decodeVideoUnit(bytes: Uint8Array): VideoUnit | undefined {
  if (bytes.byteLength < videoHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== magic || view.getUint8(2) !== 1) return undefined;
  const flags = view.getUint8(3);
  return {
    handle: view.getUint16(4, true),
    key: (flags & 1) !== 0,
    capturedMs: (flags & 2) !== 0 ? view.getFloat64(8, true) : undefined,
    sentMs: view.getFloat64(16, true),
    number: view.getUint32(24, true),
    pose: (flags & 4) !== 0 ? readPose(view) : undefined,
    footprint: [0, 1, 2, 3].map((corner) => readCorner(view, 64 + corner * 8)),
    data: bytes.subarray(videoHeaderBytes),
  };
}

function readPose(view: DataView): CameraPose {
  return {
    point: { latDeg: view.getFloat64(28, true), lonDeg: view.getFloat64(36, true) },
    altAmslM: view.getFloat32(44, true),
    yawDeg: view.getFloat32(48, true),
    pitchDeg: view.getFloat32(52, true),
    rollDeg: view.getFloat32(56, true),
    hfovDeg: view.getFloat32(60, true),
  };
}

function readCorner(view: DataView, at: number): GeoPoint | undefined {
  const lat = view.getInt32(at, true);
  return lat === none32 ? undefined : { latDeg: lat / 1e7, lonDeg: view.getInt32(at + 4, true) / 1e7 };
}
