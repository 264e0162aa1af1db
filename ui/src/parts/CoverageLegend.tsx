import type { ReactNode } from "react";

export type Coverage =
  | { readonly kind: "timeToArrive"; readonly text: string }
  | { readonly kind: "whoSees"; readonly text: string }
  | { readonly kind: "nobodySees"; readonly text: string }
  | { readonly kind: "couldBe"; readonly text: string }
  | { readonly kind: "truth"; readonly text: string };

const TITLE: Readonly<Record<Coverage["kind"], string>> = {
  timeToArrive: "Time to arrive",
  whoSees: "Who sees",
  nobodySees: "Nobody sees",
  couldBe: "Could be here by now",
  truth: "Truth",
};

/** What the lines on the map mean, for whom, in which wind. One sentence; never a colour key. */
export function CoverageLegend({ coverage }: { readonly coverage: Coverage }): ReactNode {
  return (
    <p className="scene-chip">
      <b className={coverage.kind === "couldBe" || coverage.kind === "nobodySees" ? "computed" : ""}>
        {TITLE[coverage.kind]}
      </b>
      {coverage.text}
    </p>
  );
}
