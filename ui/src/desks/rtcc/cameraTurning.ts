import type { CameraTowards, FixedCameraView, TurningCameraView } from "@outrider/contract";
import { agoSpan, compassPoint } from "../../parts/index.js";

/** What a camera said of itself longer ago says nothing of now: somebody else may have turned it. As the station has it. */
const PRESENT_MS = 60_000;
/** Younger than this its age is not worth a word. */
const FRESH_MS = 5_000;

/** Where it looks, if that is known now. */
export function presentAim(camera: TurningCameraView | undefined, nowMs: number): TurningCameraView["aim"] {
  if (camera?.aimAtMs === undefined || nowMs - camera.aimAtMs > PRESENT_MS) return undefined;
  return camera.aim;
}

/** The site's cameras as they look now: one that turns is where it says, and sees nothing that could be drawn while nobody knows. */
export function camerasNow(
  cameras: readonly FixedCameraView[],
  turning: readonly TurningCameraView[],
  nowMs: number,
): readonly FixedCameraView[] {
  if (!cameras.some((c) => c.turns === true)) return cameras;
  return cameras.map((c) => {
    if (c.turns !== true) return c;
    const now = turning.find((t) => t.cameraId === c.cameraId);
    const aim = presentAim(now, nowMs);
    if (now === undefined || aim === undefined) return { ...c, sees: [] };
    const { azimuthDeg, pitchDeg, hfovDeg = c.hfovDeg } = aim;
    return { ...c, azimuthDeg, pitchDeg, hfovDeg, sees: now.sees.length > 0 ? now.sees : c.sees };
  });
}

/** "W, 12° down". */
export function wayWords(azimuthDeg: number, pitchDeg: number): string {
  const tilt = Math.round(Math.abs(pitchDeg));
  const way = compassPoint(azimuthDeg);
  return tilt === 0 ? way : `${way}, ${tilt}° ${pitchDeg < 0 ? "down" : "up"}`;
}

/** Where it looks and by whose word, or that nobody knows. */
export function lookWords(camera: TurningCameraView | undefined, nowMs: number): string {
  if (camera?.aim === undefined || camera.aimAtMs === undefined) {
    const why = camera?.why ?? "";
    return why === "" ? "Where it looks is not known yet." : `Where it looks is not known. ${why}`;
  }
  const ageMs = Math.max(0, nowMs - camera.aimAtMs);
  const way = wayWords(camera.aim.azimuthDeg, camera.aim.pitchDeg);
  const why = camera.why === "" ? "" : ` ${camera.why}`;
  if (ageMs > PRESENT_MS) return `Looked ${way} ${agoSpan(ageMs)} ago; where it looks now is not known.${why}`;
  const moving = camera.moving ? "Turning, at " : "Looks ";
  return `${moving}${way}${ageMs > FRESH_MS ? `, said ${agoSpan(ageMs)} ago` : ""}.${why}`;
}

const towardsWords = (towards: CameraTowards): string => {
  switch (towards.kind) {
    case "place":
      return "to a place";
    case "step":
      return "by hand";
    case "home":
      return "home";
    case "preset":
      return `to ${towards.name}`;
  }
};

/** Who turned it last, when, and whether it was seen to get there. */
export function turnedWords(camera: TurningCameraView | undefined, nowMs: number): string {
  const last = camera?.lastTurn;
  if (last === undefined) return "";
  const what = `${last.by}, ${towardsWords(last.towards)}, ${agoSpan(Math.max(0, nowMs - last.atMs))} ago`;
  switch (last.outcome) {
    case "asked":
      return `Told to turn: ${what}.`;
    case "turned":
    case "superseded":
      return `Last turned by ${what}.`;
    case "refused":
      return `Not turned for ${what}: ${last.reason}`;
    case "unconfirmed":
      return `May have turned for ${what}. ${last.reason}`;
  }
}

/** Who else holds it now; undefined where it is free, or yours. */
export function heldBy(camera: TurningCameraView | undefined, me: string, nowMs: number): string | undefined {
  const until = camera?.heldUntilMs;
  if (until === undefined || until <= nowMs || camera?.lastTurn === undefined) return undefined;
  return camera.lastTurn.personId === me ? undefined : camera.lastTurn.by;
}

/** When it goes home by itself; empty while somebody watches, or where it is at home. */
export function homeWords(camera: TurningCameraView | undefined, nowMs: number): string {
  if (camera?.homeAtMs === undefined) return "";
  return `Goes home by itself in ${agoSpan(Math.max(0, camera.homeAtMs - nowMs))} if nobody watches it.`;
}
