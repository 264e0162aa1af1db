import type { StreamView } from "@outrider/contract";
import type { VideoLook } from "../../parts/index.js";
import { AGE_LIMITS } from "../../theme/index.js";

export interface LookInput {
  /** Call sign or camera; empty when no aircraft is on the incident. */
  readonly name: string;
  /** No incident is open: there is nobody to ask for anything. */
  readonly idle?: boolean;
  readonly stream: StreamView | undefined;
  /** Since this browser drew the last frame; undefined before the first. */
  readonly drawnAgeMs: number | undefined;
  /** Since the picture was asked for. */
  readonly waitedMs: number;
  /** Capture to now, where the stream's clock is known. */
  readonly latencyMs: number | undefined;
  /** This browser or the stream cannot show it at all, and why. */
  readonly cannot: string | undefined;
}

const USUAL_MS = 1200;

/** What the picture is worth now. What this browser itself drew decides: a server that says "live" does not. */
export function pictureLook(input: LookInput): VideoLook {
  const { stream, drawnAgeMs } = input;
  if (stream === undefined) {
    const missing =
      input.name === ""
        ? "No aircraft is on this incident. Ask the pilot for one, or open a camera below."
        : `No camera of ${input.name} is known yet.`;
    const why =
      input.idle === true
        ? "The aircraft on the next incident opens here by itself. Aircraft stand on the map."
        : missing;
    return { kind: "none", why };
  }
  if (input.cannot !== undefined) return { kind: "none", why: input.cannot };
  if (drawnAgeMs === undefined) {
    if (stream.state === "none")
      return { kind: "none", why: stream.why === "" ? "The camera sends nothing." : stream.why };
    return { kind: "asked", waitedMs: input.waitedMs, usualMs: USUAL_MS, name: input.name };
  }
  const ageMs = Math.max(drawnAgeMs, input.latencyMs ?? 0);
  const limit = AGE_LIMITS.video;
  if (drawnAgeMs >= limit.lostMs || stream.state === "frozen" || stream.state === "none")
    return { kind: "frozen", ageMs: Math.max(ageMs, stream.ageMs ?? 0) };
  if (ageMs >= limit.lateMs || stream.state === "late")
    return { kind: "late", ageMs: Math.max(ageMs, stream.ageMs ?? 0) };
  return { kind: "live", latencyMs: input.latencyMs };
}

/** Why the picture is not what it should be, for the line under it; empty while it is. */
export function pictureCause(look: VideoLook, stream: StreamView | undefined): string {
  if (look.kind !== "late" && look.kind !== "frozen") return "";
  if (stream === undefined || stream.why === "")
    return look.kind === "frozen" ? "No new picture arrives." : "Pictures arrive late.";
  return stream.why;
}
