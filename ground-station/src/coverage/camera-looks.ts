import type { CameraAim } from "@outrider/contract";
import type { PresentAim } from "./cameras.js";

/** Where one of the cameras that turn looked, when somebody asked. */
export type CameraLook = { readonly cameraId: string; readonly present: PresentAim };

/** Asks for the site's documents with cameras that turn counted as they look now; answered by `site` news. */
export type LooksAsk = {
  readonly kind: "looks";
  readonly askId: number;
  /** Run time of the asking: ages are told from here. */
  readonly nowMs: number;
  readonly looks: readonly CameraLook[];
};

const ageS = (nowMs: number, atMs: number): number => Math.max(0, Math.round((nowMs - atMs) / 1000));

/** Which direction a camera was counted in: its only one, the present one and how old that word is, or home and why. */
export function directionOf(look: CameraLook | undefined, nowMs: number): Readonly<Record<string, unknown>> {
  if (look === undefined) return { direction: "fixed" };
  const { present } = look;
  return present.kind === "known"
    ? { direction: "present", directionAgeS: ageS(nowMs, present.atMs) }
    : { direction: "home", directionWhy: present.why };
}

/** The same of all cameras that turn, for documents of ground that many of them see or miss. */
export function directionsOf(looks: readonly CameraLook[], nowMs: number): Readonly<Record<string, unknown>> {
  const known = looks.flatMap(({ present }) => (present.kind === "known" ? [ageS(nowMs, present.atMs)] : []));
  return {
    directions: {
      present: known.length,
      home: looks.length - known.length,
      ...(known.length === 0 ? {} : { oldestAgeS: Math.max(...known) }),
    },
  };
}

export const sameAim = (a: CameraAim | undefined, b: CameraAim | undefined): boolean =>
  a?.azimuthDeg === b?.azimuthDeg && a?.pitchDeg === b?.pitchDeg && a?.hfovDeg === b?.hfovDeg;
