import type { Chance, FixedCameraConfig, SimSensorsConfig } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { sunAt } from "../camera/index.js";
import {
  hardship,
  type PlatePass,
  type PlateView,
  plateAngleDeg,
  readPlate,
  type SourceKey,
  seeLooks,
  usualLookErrors,
  usualPlateErrors,
  wrongShare,
} from "../sensors/index.js";
import { PlateReaders, type Vehicle } from "../traffic/index.js";
import type { Poster } from "./poster.js";
import { type ReaderFormat, readerFormats } from "./reader-formats.js";

/** A source that readers post as, and the format that goes with it. */
export type ReaderSender = { readonly format: ReaderFormat; readonly key: SourceKey };

export type ReaderPostsDeps = {
  readonly readers: readonly FixedCameraConfig[];
  readonly world: World;
  readonly chance: Chance;
  readonly poster: Poster;
  /** `readers`: all that no other source is named for; they post as Rekor's software does. `readersOf`: by cameraId. */
  readonly keys: { readonly readers: SourceKey; readonly readersOf?: ReadonlyMap<string, ReaderSender> };
  /** Left out: as wrong as real ones usually are. */
  readonly errors?: Pick<SimSensorsConfig, "alpr" | "looks"> | undefined;
  /** Makes a small JPEG of a plate, base64; a reader whose camera gave none sends none. */
  crop(plate: string, done: (jpegBase64: string | undefined) => void): void;
};

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
    for (const pass of this.#readers.passes(vehicles, nowMs)) this.#take(pass.readerId, pass.vehicle, nowMs);
  }

  #take(readerId: string, vehicle: Vehicle, nowMs: number): void {
    const reader = this.#byId.get(readerId);
    if (reader === undefined) return;
    const { chance, keys, crop, errors } = this.#deps;
    const { camera, number } = reader;
    const { looks } = vehicle;
    const view = viewOf(camera, vehicle, nowMs);
    const usual = wrongShare(errors?.alpr ?? usualPlateErrors, hardship(view));
    const reading = readPlate(looks.plate, this.misread && vehicle.sought ? 1 : usual, chance);
    const seen = seeLooks(looks, view, errors?.looks ?? usualLookErrors, chance);
    const sender = keys.readersOf?.get(readerId) ?? { format: "rekor", key: keys.readers };
    const send = (cropJpegBase64: string | undefined): void =>
      this.#post(sender, vehicle, {
        readId: chance.id(`read-${camera.cameraId}`),
        cameraNumber: number,
        cameraLabel: camera.cameraId,
        tMs: Math.round(nowMs),
        point: camera.point,
        ...reading,
        region: looks.state,
        looks: seen,
        imageDirectionDeg: (vehicle.headingDeg - camera.azimuthDeg + 360) % 360,
        cropJpegBase64,
      });
    // Pictures cost: only a car that somebody looks for is worth one.
    if (vehicle.sought && readerFormats[sender.format].sendsCrops) crop(looks.plate, send);
    else send(undefined);
  }

  #post({ format, key }: ReaderSender, vehicle: Vehicle, pass: PlatePass): void {
    const { path, documentOf } = readerFormats[format];
    const onList = vehicle.sought && pass.plate === vehicle.looks.plate;
    const document = documentOf(pass, onList, this.#deps.chance);
    if (document !== undefined) this.#deps.poster.post(path, document, key);
  }
}

function viewOf(camera: FixedCameraConfig, { headingDeg, speedMps }: Vehicle, nowMs: number): PlateView {
  const dark = sunAt(nowMs, camera.point).sunElevationDeg < darkBelowDeg;
  return { angleDeg: plateAngleDeg(headingDeg, camera.azimuthDeg), speedMps, dark };
}
