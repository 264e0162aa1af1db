import type { FixedCameraConfig } from "@outrider/contract";
import { geoDestination, wrap360Deg } from "@outrider/geo";
import type { IncomingRead } from "./incoming-read.js";
import { isPlate, normalisePlate } from "./plate.js";
import { stateCode } from "./plate-state.js";
import type { Read } from "./read.js";
import { mostImageBytes } from "./vendor-fields.js";

export const readLimits = {
  /** A reader's clock may be this far ahead of ours. */
  futureMs: 5_000,
  /** Agents send what they stored once a lost line is back: kept, but nobody is told of a car that is long gone. */
  alertMs: 10 * 60_000,
  candidateConfidence: 70,
} as const;

export type Admitted =
  | { readonly kind: "ok"; readonly read: Read; readonly crop: Uint8Array | undefined }
  | { readonly kind: "refused"; readonly status: 404 | 413 | 422; readonly problem: string; readonly doThis: string };

export type AdmitInput = {
  readonly incoming: IncomingRead;
  readonly sourceId: string;
  readonly readId: string;
  readonly cropId: string;
  readonly nowMs: number;
  readonly cameras: readonly FixedCameraConfig[];
};

/** Decides whether a pass may be stored, and as what. */
export function admitRead(input: AdmitInput): Admitted {
  const { incoming, nowMs } = input;
  const refuse = (status: 404 | 413 | 422, problem: string, doThis: string): Admitted => ({
    kind: "refused",
    status,
    problem,
    doThis,
  });
  if (!(incoming.atMs >= 1e12))
    return refuse(422, "the time is not in milliseconds since 1970", "Send epoch times in milliseconds, not seconds.");
  if (incoming.atMs > nowMs + readLimits.futureMs)
    return refuse(422, "the time lies in the future", "Set the reader's clock by NTP.");
  const camera = findCamera(incoming, input.cameras);
  if (camera === undefined)
    return refuse(404, "this camera is not in outrider.yaml", "Name it under cameras, kind reader, then restart.");
  const crop = cropOf(incoming);
  if (crop === "tooLarge") return refuse(413, "the picture is too large", `Send at most ${mostImageBytes} bytes.`);
  if (crop === "notJpeg") return refuse(422, "the picture is not a JPEG", "Send the plate crop as JPEG, base64.");
  return { kind: "ok", read: buildRead(input, camera, crop !== undefined), crop };
}

function buildRead(input: AdmitInput, camera: FixedCameraConfig, hasCrop: boolean): Read {
  const { incoming } = input;
  const texts = incoming.plates.map((one) => ({ plate: normalisePlate(one.text), confidence: one.confidence }));
  const best = texts[0];
  const plate = best !== undefined && isPlate(best.plate) ? best.plate : "";
  const others = texts
    .slice(1)
    .filter((one) => one.confidence >= readLimits.candidateConfidence && isPlate(one.plate) && one.plate !== plate)
    .map((one) => one.plate);
  const state = stateCode(incoming.plateState);
  const headingDeg =
    incoming.imageDirectionDeg === undefined ? undefined : wrap360Deg(camera.azimuthDeg + incoming.imageDirectionDeg);
  return {
    readId: input.readId,
    sourceId: input.sourceId,
    uuids: incoming.uuids,
    isPreview: incoming.isPreview,
    readerId: camera.cameraId,
    readerName: camera.name,
    plate,
    confidence: best?.confidence ?? 0,
    others: [...new Set(others)].slice(0, 10),
    vehicle: {
      ...incoming.vehicle,
      ...(plate === "" ? {} : { plate }),
      ...(state === undefined ? {} : { plateState: state.slice(0, 20) }),
      ...(headingDeg === undefined ? {} : { headingDeg }),
    },
    atMs: incoming.atMs,
    receivedMs: input.nowMs,
    point: watchedPoint(camera),
    ...(headingDeg === undefined ? {} : { headingDeg }),
    ...(hasCrop ? { cropId: input.cropId } : {}),
  };
}

/** Cars are read some way ahead of the pole. */
const aheadM = 25;

/**
 * Where a camera reads cars, by our own survey and not by what the message says: agents send 0,0 or -1,-1 where nothing
 * was set, and a stolen key must not move a read.
 */
export const watchedPoint = (camera: FixedCameraConfig): FixedCameraConfig["point"] =>
  geoDestination(camera.point, camera.azimuthDeg, Math.min(aheadM, camera.rangeM / 2));

/** By our id, by the label that the agent gives the camera, or by the vendor's number as the tail of `reader-<n>`. */
function findCamera(incoming: IncomingRead, cameras: readonly FixedCameraConfig[]): FixedCameraConfig | undefined {
  const names = [incoming.vendorCamera, `reader-${incoming.vendorCamera}`, incoming.cameraLabel];
  for (const name of names) {
    const found = name === undefined ? undefined : cameras.find((c) => c.cameraId === name || c.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function cropOf({ cropBase64, cropBytes }: IncomingRead): Uint8Array | "tooLarge" | "notJpeg" | undefined {
  if (cropBytes !== undefined) return jpegOf(cropBytes);
  return cropBase64 === undefined ? undefined : decodeJpeg(cropBase64);
}

function decodeJpeg(base64: string): Uint8Array | "tooLarge" | "notJpeg" {
  if (base64.length > Math.ceil(mostImageBytes / 3) * 4) return "tooLarge";
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    return "notJpeg";
  }
  return jpegOf(bytes);
}

function jpegOf(bytes: Uint8Array): Uint8Array | "tooLarge" | "notJpeg" {
  if (bytes.byteLength > mostImageBytes) return "tooLarge";
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? bytes : "notJpeg";
}
