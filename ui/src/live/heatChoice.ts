import type { StreamView } from "@outrider/contract";

/** What one viewer wants of an aircraft's two sensors, and the one that has failed him. */
export interface HeatWish {
  readonly wanted: boolean;
  /** Camera id whose heat stopped, and why: light is shown until the person asks anew. */
  readonly lost: { readonly cameraId: string; readonly why: string } | undefined;
  /** Monotonic time at which heat was asked for. */
  readonly askedMs: number;
}

export interface HeatChoice {
  /** What to show. */
  readonly stream: StreamView | undefined;
  readonly heat: boolean;
  /** The camera has a heat sensor. */
  readonly offered: boolean;
  /** Why light is shown although heat was asked for; empty where it was not. */
  readonly words: string;
  /** Heat has just failed: to be kept in the wish. */
  readonly lost: HeatWish["lost"];
}

/** A heat picture takes a connection and a key picture: this long is no failure. */
const FIRST_PICTURE_MS = 8_000;
/** A stopped picture is veiled at once; after this, light is worth more. */
const STOPPED_MS = 6_000;

/** Which of an aircraft's pictures this viewer sees now. Heat that is not there gives way to light, and says so. */
export function heatChoice(
  light: StreamView | undefined,
  streams: readonly StreamView[],
  wish: HeatWish,
  name: string,
  nowMs: number,
): HeatChoice {
  const cameraId = light?.heatCameraId;
  const stay = (words: string, lost?: HeatWish["lost"]): HeatChoice => ({
    stream: light,
    heat: false,
    offered: cameraId !== undefined,
    words,
    lost,
  });
  if (light === undefined || !wish.wanted) return stay("");
  if (cameraId === undefined) return stay(`${name} has no heat camera. This is visible light.`);
  if (wish.lost?.cameraId === cameraId) return stay(lostWords(wish.lost.why), wish.lost);
  const told = streams.find((s) => s.cameraId === cameraId);
  const why = failure(told, nowMs - wish.askedMs);
  // Where light has stopped as well, the last heat picture is worth more than an empty frame.
  const lightComes = light.state === "live" || light.state === "late";
  if (why !== undefined && lightComes) return stay(lostWords(why), { cameraId, why });
  return { stream: told ?? openingHeat(light, cameraId), heat: true, offered: true, words: "", lost: undefined };
}

const lostWords = (why: string): string => `No heat picture: ${why.replace(/\.?$/, ".")} This is visible light.`;

/** What the button does that key I does. */
export function heatButton({ heat, lost }: Pick<HeatChoice, "heat" | "lost">): string {
  if (lost !== undefined) return "Heat again";
  return heat ? "Colour" : "Heat";
}

function failure(heat: StreamView | undefined, waitedMs: number): string | undefined {
  if (heat === undefined) return waitedMs < FIRST_PICTURE_MS ? undefined : "none has come";
  const ageMs = heat.ageMs ?? 0;
  // A picture older than the wish is the last of an earlier visit: the camera is being opened again.
  const stopped = heat.state === "frozen" && ageMs >= STOPPED_MS && (ageMs <= waitedMs || waitedMs >= FIRST_PICTURE_MS);
  if (stopped) return `it stopped. ${heat.why}`.trim();
  if (heat.state !== "none" || waitedMs < FIRST_PICTURE_MS) return undefined;
  return heat.why === "" ? "none has come" : heat.why;
}

/** Nothing is told of a heat picture before somebody looks: to look is what opens it. */
const openingHeat = (light: StreamView, cameraId: string): StreamView => ({
  cameraId,
  name: `${light.name} heat`,
  uid: light.uid,
  handle: 0,
  state: "none",
  why: "Opening the heat camera.",
  cause: "opening",
  ageMs: undefined,
  fps: 0,
  latencyMs: undefined,
  timeKnown: false,
  pose: undefined,
  thermal: true,
});
