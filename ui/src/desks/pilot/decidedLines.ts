import { assertNever, type DecidedView } from "@outrider/contract";
import type { DecidedLine } from "./QuietCard.js";

/** Decisions as the station keeps them, one line each: they stay over a reload of this page. */
export const decidedLines = (decided: readonly DecidedView[]): readonly DecidedLine[] =>
  decided.map((one) => ({ id: String(one.seq), tMs: one.tMs, ...lineOf(one) }));

function lineOf({ decision, by, why, callSign = "" }: DecidedView): { readonly strong: string; readonly rest: string } {
  const reason = why.replace(/\.$/, "");
  switch (decision) {
    case "launched":
      return { strong: `${callSign} launched`.trim(), rest: `by ${by}` };
    case "vetoElapsed":
      return { strong: `${callSign} launched by itself`.trim(), rest: "nobody stopped it" };
    case "declined":
      return { strong: `${callSign} declined`.trim(), rest: reason };
    case "expired":
      return { strong: "Lapsed", rest: `${callSign === "" ? "the aircraft" : callSign} stayed in its dock` };
    case "refused":
      return { strong: `${callSign} refused`.trim(), rest: reason };
    case "aborted":
      return { strong: `${callSign} stopped`.trim(), rest: reason };
    case "notPossible":
      return { strong: "Not proposed", rest: reason };
    case "proposed":
      return { strong: `${callSign} proposed`.trim(), rest: "" };
    default:
      return assertNever(decision);
  }
}
