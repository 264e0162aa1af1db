import type { Clock, GeoPoint } from "@outrider/contract";
import type { Wind } from "@outrider/geo";
import type { LooksAsk } from "./camera-looks.js";
import type { CoverageWork } from "./coverage-work.js";

export type TimesAsk = {
  readonly kind: "times";
  readonly askId: number;
  readonly wind: Wind;
  /** Aircraft that could be launched now. */
  readonly uids: readonly string[];
};

export type CoverageAsk = TimesAsk | LooksAsk;

/** GeoJSON (RFC 7946) as UTF-8: made where it is computed, so that the station's loop only hands it on. */
export type CoverageNews =
  | { readonly kind: "sees"; readonly cameraId: string; readonly sees: readonly GeoPoint[] }
  /** Without `askId` the site's first documents, with all cameras as configured. */
  | {
      readonly kind: "site";
      readonly askId?: number;
      readonly seen: Uint8Array;
      readonly unseen: Uint8Array;
      readonly counts: Uint8Array;
    }
  | { readonly kind: "times"; readonly askId: number; readonly body: Uint8Array };

/** Where coverage is computed: a thread of its own in production, between other work where everything is one loop. */
export type CoverageEngine = {
  /** Begins with what the site's cameras see. Nothing is told after `close`. */
  start(tell: (news: CoverageNews) => void): void;
  ask(ask: CoverageAsk): void;
  close(): void;
};

/** Between two steps telemetry and clicks have their turn. */
const betweenStepsMs = 5;

/** The twin inside the loop: the same steps, one a turn of the clock. Wall time, since a paused run sees no less. */
export function steppedEngine(work: CoverageWork, wall: Clock): CoverageEngine {
  let closed = false;
  let cancel: (() => void) | undefined;
  const jobs: Iterator<CoverageNews | undefined>[] = [];
  let tell: (news: CoverageNews) => void = () => undefined;
  const step = (): void => {
    cancel = undefined;
    const job = jobs[0];
    if (closed || job === undefined) return;
    const next = job.next();
    if (next.done === true) jobs.shift();
    else if (next.value !== undefined) tell(next.value);
    schedule();
  };
  const schedule = (): void => {
    if (!closed && cancel === undefined && jobs.length > 0) cancel = wall.after(betweenStepsMs, step);
  };
  return {
    start(to) {
      tell = to;
      jobs.push(work.site());
      schedule();
    },
    ask(ask) {
      // A person waits for times; what else is under way can wait a step longer. Documents come one after the other,
      // since they share what was last counted.
      if (ask.kind === "times") jobs.unshift(work.times(ask));
      else jobs.push(work.looks(ask));
      schedule();
    },
    close() {
      closed = true;
      cancel?.();
      jobs.length = 0;
    },
  };
}
