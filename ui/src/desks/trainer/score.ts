import type { RoomViews } from "@outrider/contract";

type Expectation = RoomViews["trainer"]["expectations"][number];

export interface ScoreWords {
  readonly right: string;
  readonly medianS: number | undefined;
  readonly late: number;
  readonly missed: number;
  readonly soFar: string;
}

/** The figures beside the score, from the expectations alone. Open ones are not counted against anybody. */
export function scoreWords(expectations: readonly Expectation[]): ScoreWords {
  const closed = expectations.filter((e) => e.state !== "open");
  const met = closed.filter((e) => e.state === "met").length;
  const took = closed.flatMap((e) => (e.tookS === undefined ? [] : [e.tookS])).sort((a, b) => a - b);
  const middle = took.length / 2;
  const medianS =
    took.length === 0
      ? undefined
      : ((took[Math.ceil(middle) - 1] ?? 0) + (took[Math.floor(middle)] ?? took[Math.ceil(middle) - 1] ?? 0)) / 2;
  return {
    right: `${met} of ${closed.length}`,
    medianS,
    late: closed.filter((e) => e.state === "late").length,
    missed: closed.filter((e) => e.state === "missed").length,
    soFar: expectations.length === 0 ? "" : `${closed.length} of ${expectations.length} so far`,
  };
}

/** "9 s", "yes", "late", "missed": how one expectation ended. */
export function expectationWord(e: Expectation): string {
  if (e.state === "open") return "";
  if (e.tookS !== undefined) return `${Math.round(e.tookS)} s`;
  return e.state === "met" ? "yes" : e.state;
}
