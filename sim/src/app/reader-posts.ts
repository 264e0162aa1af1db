import type { Chance, FixedCameraConfig } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { sunAt } from "../camera/index.js";
import {
  type AlprErrors,
  misreadShare,
  plateAngleDeg,
  readPlate,
  rekorGroup,
  type SourceKey,
} from "../sensors/index.js";
import { PlateReaders, type Vehicle } from "../traffic/index.js";
import type { Poster } from "./poster.js";

export type ReaderPostsDeps = {
  readonly readers: readonly FixedCameraConfig[];
  readonly world: World;
  readonly chance: Chance;
  readonly poster: Poster;
  readonly key: SourceKey;
  /** Left out: the usual ones. */
  readonly errors?: AlprErrors | undefined;
  /** Makes a small JPEG of a plate, base64; a reader whose camera gave none sends none. */
  crop(plate: string, done: (jpegBase64: string | undefined) => void): void;
};

const path = "/api/v1/intake/alpr/rekor";
const usualErrors: AlprErrors = { bestShare: 0.05, worstShare: 0.35 };
/** End of civil twilight: a camera needs its own light from here on. */
const darkBelowDeg = -6;

/** The plate readers along the streets: each pass is posted as a reader's software would. */
export class ReaderPosts {
  readonly #deps: ReaderPostsDeps;
  readonly #readers: PlateReaders;
  readonly #byId: ReadonlyMap<string, { camera: FixedCameraConfig; number: number }>;
  /** The trainer's inject: the next reads of the sought car come out one look-alike off. */
  misread = false;

  constructor(deps: ReaderPostsDeps) {
    this.#deps = deps;
    this.#byId = new Map(deps.readers.map((camera, index) => [camera.cameraId, { camera, number: 101 + index }]));
    this.#readers = new PlateReaders(
      deps.readers.map((camera) => ({
        readerId: camera.cameraId,
        ...deps.world.frame.toLocal(camera.point),
        azimuthDeg: camera.azimuthDeg,
        hfovDeg: camera.hfovDeg,
        rangeM: camera.rangeM,
      })),
    );
  }

  step(vehicles: readonly Vehicle[], nowMs: number): void {
    for (const pass of this.#readers.passes(vehicles, nowMs)) this.#post(pass.readerId, pass.vehicle, nowMs);
  }

  #share({ azimuthDeg, point }: FixedCameraConfig, { headingDeg, speedMps }: Vehicle, nowMs: number): number {
    const dark = sunAt(nowMs, point).sunElevationDeg < darkBelowDeg;
    const angleDeg = plateAngleDeg(headingDeg, azimuthDeg);
    return misreadShare(this.#deps.errors ?? usualErrors, { angleDeg, speedMps, dark });
  }

  #post(readerId: string, vehicle: Vehicle, nowMs: number): void {
    const reader = this.#byId.get(readerId);
    if (reader === undefined) return;
    const { chance, poster, key, crop } = this.#deps;
    const { camera, number } = reader;
    const share = this.misread && vehicle.sought ? 1 : this.#share(camera, vehicle, nowMs);
    const reading = readPlate(vehicle.looks.plate, share, chance);
    const looks = vehicle.looks;
    const send = (cropJpegBase64: string | undefined): void => {
      const document = rekorGroup({
        readId: chance.id(`read-${camera.cameraId}`),
        cameraNumber: number,
        cameraLabel: camera.cameraId,
        tMs: Math.round(nowMs),
        point: camera.point,
        ...reading,
        region: looks.state,
        color: looks.color,
        make: looks.make,
        model: looks.model,
        body: looks.body,
        imageDirectionDeg: (vehicle.headingDeg - camera.azimuthDeg + 360) % 360,
        cropJpegBase64,
      });
      poster.post(path, document, key);
    };
    // Pictures cost: only a car that somebody looks for is worth one.
    if (vehicle.sought) crop(looks.plate, send);
    else send(undefined);
  }
}
