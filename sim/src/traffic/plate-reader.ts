import type { Vehicle } from "./vehicle.js";

export type ReaderPose = {
  readonly readerId: string;
  readonly eastM: number;
  readonly northM: number;
  readonly azimuthDeg: number;
  readonly hfovDeg: number;
  readonly rangeM: number;
};

export type Pass = { readonly readerId: string; readonly vehicle: Vehicle };

const forgetAfterMs = 20_000;

/** Which cars pass which readers: once a pass, in the reader's field of view and range. */
export class PlateReaders {
  readonly #readers: readonly ReaderPose[];
  readonly #lately = new Map<string, number>();

  constructor(readers: readonly ReaderPose[]) {
    this.#readers = readers;
  }

  passes(vehicles: readonly Vehicle[], nowMs: number): readonly Pass[] {
    const found: Pass[] = [];
    for (const reader of this.#readers) {
      for (const vehicle of vehicles) {
        if (!sees(reader, vehicle)) continue;
        const key = `${reader.readerId}/${vehicle.vehicleId}`;
        const last = this.#lately.get(key);
        this.#lately.set(key, nowMs);
        if (last === undefined || nowMs - last > forgetAfterMs) found.push({ readerId: reader.readerId, vehicle });
      }
    }
    return found;
  }
}

function sees(reader: ReaderPose, vehicle: Vehicle): boolean {
  const east = vehicle.eastM - reader.eastM;
  const north = vehicle.northM - reader.northM;
  const distanceM = Math.hypot(east, north);
  if (distanceM > reader.rangeM || distanceM < 1) return false;
  const bearing = (Math.atan2(east, north) * 180) / Math.PI;
  const off = Math.abs(((bearing - reader.azimuthDeg + 540) % 360) - 180);
  return off <= reader.hfovDeg / 2;
}
