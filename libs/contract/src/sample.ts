/**
 * One aircraft as last heard: latest wins, each with its age, never in the same queue as facts. Heights are AMSL from
 * the autopilot; AGL is added by whoever knows the terrain (the station), -32768 dm meaning "not known".
 */
export type AircraftSample = {
  /** Small number that stands for a uid on one connection; the mapping travels as JSON. */
  readonly handle: number;
  /** Age of the position at the moment this row was sent. */
  readonly ageMs: number;
  /** Age of the last autopilot heartbeat at the moment this row was sent. */
  readonly linkAgeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altAmslM: number;
  readonly altAglM: number | undefined;
  readonly velNorthMps: number;
  readonly velEastMps: number;
  readonly velDownMps: number;
  readonly headingDeg: number;
  readonly rollDeg: number;
  readonly pitchDeg: number;
  readonly gimbalPitchDeg: number;
  /** True azimuth of the camera. */
  readonly gimbalYawDeg: number;
  readonly hfovDeg: number;
  readonly batteryPct: number;
  readonly batteryWh: number;
  /** Seconds until it must turn for home; undefined before it can be computed. */
  readonly turnInS: number | undefined;
  readonly homeInS: number | undefined;
  readonly windNorthMps: number;
  readonly windEastMps: number;
  readonly mode: AircraftMode;
  readonly link: LinkState;
  readonly control: ControlOverlay;
  readonly armed: boolean;
  readonly inAir: boolean;
  readonly failsafe: boolean;
  readonly positionOk: boolean;
  readonly gimbalOk: boolean;
  /** The autopilot's own pre-arm check (SYS_STATUS bit 28); undefined where it does not report one. */
  readonly preArmOk?: boolean | undefined;
  /** The aircraft has not said how full its battery is: the two figures above are not a measurement. */
  readonly batteryUnknown?: true | undefined;
};

export const aircraftModes = [
  "unknown",
  "manual",
  "hold",
  "takeoff",
  "mission",
  "goto",
  "orbit",
  "return",
  "land",
  "position",
  "offboard",
  "terminated",
] as const;
export type AircraftMode = (typeof aircraftModes)[number];
export const linkStates = ["never", "live", "late", "lost"] as const;
export type LinkState = (typeof linkStates)[number];
/** Who moves it: us, another ground station, or the aircraft's own failsafe. */
export const controlOverlays = ["ours", "other", "failsafe", "sticks"] as const;
export type ControlOverlay = (typeof controlOverlays)[number];

export const sampleRowBytes = 56;
export const sampleHeaderBytes = 16;
const magic = 0x4f52;
const none16 = 0xffff;

const clamp = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);
const turnDeg = (deg: number): number => ((deg % 360) + 360) % 360;

/** Frame: magic u16, version u8, kind u8 (1 = aircraft), row count u16, spare u16, sent time f64; then rows. Little-endian. */
export function encodeSamples(samples: readonly AircraftSample[], tSentMs: number): Uint8Array {
  const bytes = new Uint8Array(sampleHeaderBytes + samples.length * sampleRowBytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, magic, true);
  view.setUint8(2, 1);
  view.setUint8(3, 1);
  view.setUint16(4, samples.length, true);
  view.setFloat64(8, tSentMs, true);
  let at = sampleHeaderBytes;
  for (const sample of samples) {
    writeRow(view, at, sample);
    at += sampleRowBytes;
  }
  return bytes;
}

function writeRow(view: DataView, at: number, s: AircraftSample): void {
  view.setUint16(at, s.handle, true);
  view.setUint16(at + 2, clamp(Math.round(s.ageMs), 0, 65535), true);
  view.setUint16(at + 4, clamp(Math.round(s.linkAgeMs), 0, 65535), true);
  view.setUint8(at + 6, aircraftModes.indexOf(s.mode));
  view.setUint8(
    at + 7,
    (s.armed ? 1 : 0) | (s.inAir ? 2 : 0) | (s.failsafe ? 4 : 0) | (s.positionOk ? 8 : 0) | (s.gimbalOk ? 16 : 0),
  );
  view.setInt32(at + 8, Math.round(s.latDeg * 1e7), true);
  view.setInt32(at + 12, Math.round(s.lonDeg * 1e7), true);
  view.setInt32(at + 16, Math.round(s.altAmslM * 100), true);
  view.setInt16(at + 20, s.altAglM === undefined ? -32768 : clamp(Math.round(s.altAglM * 10), -32767, 32767), true);
  view.setInt16(at + 22, clamp(Math.round(s.velNorthMps * 100), -32768, 32767), true);
  view.setInt16(at + 24, clamp(Math.round(s.velEastMps * 100), -32768, 32767), true);
  view.setInt16(at + 26, clamp(Math.round(s.velDownMps * 100), -32768, 32767), true);
  view.setUint16(at + 28, Math.round(turnDeg(s.headingDeg) * 100) % 36000, true);
  view.setInt16(at + 30, Math.round(s.rollDeg * 100), true);
  view.setInt16(at + 32, Math.round(s.pitchDeg * 100), true);
  view.setInt16(at + 34, Math.round(s.gimbalPitchDeg * 100), true);
  view.setUint16(at + 36, Math.round(turnDeg(s.gimbalYawDeg) * 100) % 36000, true);
  view.setUint16(at + 38, Math.round(s.hfovDeg * 100), true);
  view.setUint16(at + 40, clamp(Math.round(s.batteryPct * 100), 0, 10000), true);
  view.setUint16(at + 42, clamp(Math.round(s.batteryWh * 10), 0, 65535), true);
  view.setUint16(at + 44, s.turnInS === undefined ? none16 : clamp(Math.round(s.turnInS), 0, 65534), true);
  view.setUint16(at + 46, s.homeInS === undefined ? none16 : clamp(Math.round(s.homeInS), 0, 65534), true);
  view.setInt16(at + 48, clamp(Math.round(s.windNorthMps * 100), -32768, 32767), true);
  view.setInt16(at + 50, clamp(Math.round(s.windEastMps * 100), -32768, 32767), true);
  view.setUint8(at + 52, linkStates.indexOf(s.link));
  view.setUint8(at + 53, controlOverlays.indexOf(s.control));
  view.setUint8(at + 54, (s.preArmOk === undefined ? 0 : s.preArmOk ? 1 : 2) | (s.batteryUnknown === true ? 4 : 0));
}

export type SampleFrame = { readonly tSentMs: number; readonly samples: readonly AircraftSample[] };

/** Undefined for anything that is not a whole frame of this version: the caller counts it. */
export function decodeSamples(bytes: Uint8Array): SampleFrame | undefined {
  if (bytes.byteLength < sampleHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0, true) !== magic || view.getUint8(2) !== 1 || view.getUint8(3) !== 1) return undefined;
  const count = view.getUint16(4, true);
  if (bytes.byteLength !== sampleHeaderBytes + count * sampleRowBytes) return undefined;
  const samples: AircraftSample[] = [];
  for (let row = 0; row < count; row++) samples.push(readRow(view, sampleHeaderBytes + row * sampleRowBytes));
  return { tSentMs: view.getFloat64(8, true), samples };
}

function readRow(view: DataView, at: number): AircraftSample {
  const flags = view.getUint8(at + 7);
  const agl = view.getInt16(at + 20, true);
  const turn = view.getUint16(at + 44, true);
  const home = view.getUint16(at + 46, true);
  const preArm = view.getUint8(at + 54) & 3;
  const batteryUnknown = (view.getUint8(at + 54) & 4) !== 0;
  return {
    handle: view.getUint16(at, true),
    ageMs: view.getUint16(at + 2, true),
    linkAgeMs: view.getUint16(at + 4, true),
    mode: aircraftModes[view.getUint8(at + 6)] ?? "unknown",
    armed: (flags & 1) !== 0,
    inAir: (flags & 2) !== 0,
    failsafe: (flags & 4) !== 0,
    positionOk: (flags & 8) !== 0,
    gimbalOk: (flags & 16) !== 0,
    latDeg: view.getInt32(at + 8, true) / 1e7,
    lonDeg: view.getInt32(at + 12, true) / 1e7,
    altAmslM: view.getInt32(at + 16, true) / 100,
    altAglM: agl === -32768 ? undefined : agl / 10,
    velNorthMps: view.getInt16(at + 22, true) / 100,
    velEastMps: view.getInt16(at + 24, true) / 100,
    velDownMps: view.getInt16(at + 26, true) / 100,
    headingDeg: view.getUint16(at + 28, true) / 100,
    rollDeg: view.getInt16(at + 30, true) / 100,
    pitchDeg: view.getInt16(at + 32, true) / 100,
    gimbalPitchDeg: view.getInt16(at + 34, true) / 100,
    gimbalYawDeg: view.getUint16(at + 36, true) / 100,
    hfovDeg: view.getUint16(at + 38, true) / 100,
    batteryPct: view.getUint16(at + 40, true) / 100,
    batteryWh: view.getUint16(at + 42, true) / 10,
    turnInS: turn === none16 ? undefined : turn,
    homeInS: home === none16 ? undefined : home,
    windNorthMps: view.getInt16(at + 48, true) / 100,
    windEastMps: view.getInt16(at + 50, true) / 100,
    link: linkStates[view.getUint8(at + 52)] ?? "never",
    control: controlOverlays[view.getUint8(at + 53)] ?? "ours",
    ...(preArm === 1 || preArm === 2 ? { preArmOk: preArm === 1 } : {}),
    ...(batteryUnknown ? { batteryUnknown } : {}),
  };
}
