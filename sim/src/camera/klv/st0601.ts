/**
 * UAS Datalink Local Set (MISB ST 0601): what an aircraft's metadata stream says of one moment. Angles in degrees,
 * heights in metres; what is left out is not sent. Platform angles are those of the airframe, relative ones turn from
 * the nose: R = Rz(heading) Ry(pitch) Rx(roll) · Rz(relAz) Ry(relEl) Rx(relRoll).
 */
export type UasMetadata = {
  /** Microseconds since 1970 as a number of milliseconds: 2^53 µs is in the year 2255. */
  readonly tMs: number;
  readonly missionId?: string;
  readonly platformHeadingDeg?: number;
  readonly platformPitchDeg?: number;
  readonly platformRollDeg?: number;
  readonly platformDesignation?: string;
  readonly imageSource?: string;
  readonly coordinateSystem?: string;
  readonly sensorLatDeg?: number;
  readonly sensorLonDeg?: number;
  readonly sensorAltAmslM?: number;
  readonly hfovDeg?: number;
  readonly vfovDeg?: number;
  readonly relativeAzimuthDeg?: number;
  readonly relativeElevationDeg?: number;
  readonly relativeRollDeg?: number;
  readonly slantRangeM?: number;
  readonly frameCentreLatDeg?: number;
  readonly frameCentreLonDeg?: number;
  readonly frameCentreAltAmslM?: number;
  readonly callSign?: string;
  readonly sensorAltHaeM?: number;
  readonly frameCentreAltHaeM?: number;
};

const universalLabel = Uint8Array.of(
  0x06,
  0x0e,
  0x2b,
  0x34,
  0x02,
  0x0b,
  0x01,
  0x01,
  0x0e,
  0x01,
  0x03,
  0x01,
  0x01,
  0x00,
  0x00,
  0x00,
);
/** ST 0601.19. */
const setVersion = 19;
const mostTextBytes = 127;

/** One KLV packet: key, BER length, items by rising tag with the time first, the checksum last. */
export function encodeUasMetadata(of: UasMetadata): Uint8Array {
  const items = new Items();
  items.time(2, of.tMs);
  items.text(3, of.missionId);
  items.turn(5, of.platformHeadingDeg, 2);
  items.signed(6, of.platformPitchDeg, 20, 2);
  items.signed(7, of.platformRollDeg, 50, 2);
  items.text(10, of.platformDesignation);
  items.text(11, of.imageSource);
  items.text(12, of.coordinateSystem);
  items.signed(13, of.sensorLatDeg, 90, 4);
  items.signed(14, of.sensorLonDeg, 180, 4);
  items.height(15, of.sensorAltAmslM);
  items.share(16, of.hfovDeg, 180, 2);
  items.share(17, of.vfovDeg, 180, 2);
  items.turn(18, of.relativeAzimuthDeg, 4);
  items.signed(19, of.relativeElevationDeg, 180, 4);
  items.turn(20, of.relativeRollDeg, 4);
  items.share(21, of.slantRangeM, 5_000_000, 4);
  items.signed(23, of.frameCentreLatDeg, 90, 4);
  items.signed(24, of.frameCentreLonDeg, 180, 4);
  items.height(25, of.frameCentreAltAmslM);
  items.text(59, of.callSign);
  items.byte(65, setVersion);
  items.height(75, of.sensorAltHaeM);
  items.height(78, of.frameCentreAltHaeM);
  // The short angles above end at 20 and 50 degrees: an aircraft in gusts goes beyond.
  items.signed(90, of.platformPitchDeg, 90, 4);
  items.signed(91, of.platformRollDeg, 90, 4);
  return packet(items.bytes);
}

class Items {
  readonly bytes: number[] = [];

  byte(tag: number, value: number): void {
    this.bytes.push(tag, 1, value & 0xff);
  }

  time(tag: number, tMs: number): void {
    this.#put(tag, BigInt(Math.round(tMs * 1000)), 8);
  }

  text(tag: number, value: string | undefined): void {
    if (value === undefined) return;
    const utf8 = new TextEncoder().encode(value).subarray(0, mostTextBytes);
    this.bytes.push(tag, utf8.byteLength, ...utf8);
  }

  /** An angle all the way round: 0 to 360 over the whole range of the number. */
  turn(tag: number, deg: number | undefined, size: 2 | 4): void {
    if (deg === undefined) return;
    this.share(tag, ((deg % 360) + 360) % 360, 360, size);
  }

  /** 0 to `most` over the whole range; beyond it is cut off. */
  share(tag: number, value: number | undefined, most: number, size: 2 | 4): void {
    if (value === undefined) return;
    const top = 2 ** (size * 8) - 1;
    this.#put(tag, BigInt(Math.round((Math.min(most, Math.max(0, value)) / most) * top)), size);
  }

  /** Plus or minus `most`; outside of it the standard's error value, the lowest number. */
  signed(tag: number, value: number | undefined, most: number, size: 2 | 4): void {
    if (value === undefined) return;
    const top = 2 ** (size * 8 - 1) - 1;
    const fits = Math.abs(value) <= most;
    const whole = fits ? Math.round((value / most) * top) : -top - 1;
    this.#put(tag, BigInt(whole < 0 ? whole + 2 ** (size * 8) : whole), size);
  }

  /** Heights of the 16-bit kind: −900 m to 19,000 m. */
  height(tag: number, valueM: number | undefined): void {
    if (valueM !== undefined) this.share(tag, valueM + 900, 19_900, 2);
  }

  #put(tag: number, value: bigint, size: number): void {
    this.bytes.push(tag, size);
    for (let i = size - 1; i >= 0; i--) this.bytes.push(Number((value >> BigInt(8 * i)) & 0xffn));
  }
}

function packet(items: readonly number[]): Uint8Array {
  const length = items.length + 4;
  const ber = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  const bytes = Uint8Array.from([...universalLabel, ...ber, ...items, 1, 2, 0, 0]);
  const sum = checksum(bytes.subarray(0, bytes.byteLength - 2));
  bytes[bytes.byteLength - 2] = sum >> 8;
  bytes[bytes.byteLength - 1] = sum & 0xff;
  return bytes;
}

/** Running sum of 16-bit words over everything before it, its own tag and length included (ST 0601, tag 1). */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const [i, byte] of bytes.entries()) sum = (sum + (byte << (8 * ((i + 1) % 2)))) & 0xffff;
  return sum;
}
