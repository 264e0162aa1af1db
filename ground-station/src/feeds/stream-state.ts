import type { StreamView } from "@outrider/contract";

export type StreamFacts = {
  readonly nowMs: number;
  /** Undefined where pictures come over a connection that the station opened itself. */
  readonly port: number | undefined;
  readonly bound: boolean;
  /** The port could not be opened: what the system said. */
  readonly portProblem: string | undefined;
  readonly lastPacketMs: number | undefined;
  readonly lastUnitMs: number | undefined;
  readonly capturedMs: number | undefined;
  readonly waitsForKey: boolean;
  readonly foreign: number;
  readonly timeKnown: boolean;
};

export const streamTimes = { lateMs: 1_000, frozenMs: 3_000, goneMs: 30_000, repinMs: 3_000 } as const;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** State of a picture and its cause in words: a spinner helps nobody who must decide. */
export function streamState(f: StreamFacts): Pick<StreamView, "state" | "why" | "ageMs"> {
  if (f.lastUnitMs === undefined) return { state: "none", why: neverSeen(f), ageMs: undefined };
  const ageMs = Math.max(0, f.nowMs - (f.capturedMs ?? f.lastUnitMs));
  const quietMs = f.nowMs - f.lastUnitMs;
  if (quietMs >= streamTimes.goneMs) {
    return { state: "none", why: `The camera is off or out of reach: last picture ${seconds(quietMs)} ago.`, ageMs };
  }
  if (quietMs >= streamTimes.frozenMs) return { state: "frozen", why: frozenWhy(f, quietMs), ageMs };
  if (ageMs >= streamTimes.lateMs) return { state: "late", why: lateWhy(f, ageMs), ageMs };
  return { state: "live", why: f.timeKnown ? "" : "Time unknown: the camera sends no sender reports.", ageMs };
}

function neverSeen(f: StreamFacts): string {
  if (f.portProblem !== undefined) return `Port ${f.port} cannot be opened: ${f.portProblem}.`;
  if (f.foreign > 0) return `Only packets that are not this camera's come to port ${f.port}.`;
  if (f.lastPacketMs !== undefined) return "Packets come, no whole key picture yet.";
  return "The camera is off: no picture has come.";
}

function frozenWhy(f: StreamFacts, quietMs: number): string {
  const packetsMs = f.nowMs - (f.lastPacketMs ?? 0);
  if (packetsMs >= streamTimes.frozenMs) return `No packets for ${seconds(packetsMs)}.`;
  if (f.waitsForKey) return `Packets were lost: waiting for the next key picture, ${seconds(quietMs)} so far.`;
  return `Packets come, no whole picture for ${seconds(quietMs)}.`;
}

function lateWhy(f: StreamFacts, ageMs: number): string {
  if (f.waitsForKey) return "Packets were lost: waiting for the next key picture.";
  return `Pictures arrive ${seconds(ageMs)} after they were taken.`;
}
