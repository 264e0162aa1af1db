import type { ReactNode } from "react";
import { Dash, Octagon, Tick, Triangle, Unknown } from "./Marks.js";

export type GateLook = "pass" | "caution" | "block" | "unknown" | "notConfigured" | "measuring";

export interface GateView {
  readonly id: string;
  readonly name: string;
  /** The measured value against its limit, in words. */
  readonly text: string;
  /** The same in one line, for a gate that passes; the whole text shows with all gates. */
  readonly short?: string | undefined;
  readonly look: GateLook;
  readonly doThis?: string | undefined;
  readonly settledBy?: string | undefined;
  /** The key that settles an unknown one. */
  readonly settleKey?: string | undefined;
}

function mark(look: GateLook): ReactNode {
  switch (look) {
    case "pass":
      return <Tick />;
    case "caution":
      return <Triangle size={15} />;
    case "block":
      return <Octagon size={15} />;
    case "unknown":
    case "measuring":
      return <Unknown />;
    case "notConfigured":
      return <Dash />;
  }
}

const SPOKEN: Readonly<Record<GateLook, string>> = {
  pass: "pass",
  caution: "caution",
  block: "blocks the launch",
  unknown: "not known",
  notConfigured: "not configured",
  measuring: "measuring",
};

export function GateRow({
  gate,
  brief = false,
  onSettle,
}: {
  readonly gate: GateView;
  readonly brief?: boolean;
  readonly onSettle?: (id: string) => void;
}): ReactNode {
  const open = gate.look === "unknown" && gate.settledBy === undefined;
  const text = brief && gate.look === "pass" ? (gate.short ?? gate.text) : gate.text;
  return (
    <li className={`gate ${gate.look}`}>
      <span className="gate-mark">{mark(gate.look)}</span>
      <span className="gate-name">{gate.name}</span>
      <span className="gate-text">
        <span className="sr-only">{SPOKEN[gate.look]}: </span>
        {gate.settledBy === undefined ? text : text.replace(/\.$/, "")}
        {gate.settledBy !== undefined && `, settled by ${gate.settledBy}`}
        {(gate.look === "block" || open) && gate.doThis !== undefined && <span className="gate-do">{gate.doThis}</span>}
      </span>
      {open && onSettle !== undefined && (
        <button type="button" className="btn quiet gate-settle" onClick={() => onSettle(gate.id)}>
          I looked {gate.settleKey !== undefined && <kbd className="key">{gate.settleKey}</kbd>}
        </button>
      )}
    </li>
  );
}

const RANK: readonly GateLook[] = ["block", "unknown", "measuring", "caution", "pass", "notConfigured"];

/** Passes whose figure decides nothing while they pass: one line holds them, G shows them all. */
const ROUTINE: ReadonlySet<string> = new Set([
  "pic",
  "currency",
  "failsafe-parameters",
  "position",
  "dock",
  "aircraft",
  "battery",
]);

/** Problems first; passes that need no number share one line; what is not configured shares another. */
export function gateOrder(gates: readonly GateView[]): {
  readonly rows: readonly GateView[];
  readonly plain: readonly string[];
  readonly off: readonly string[];
} {
  const sorted = [...gates].sort((a, b) => RANK.indexOf(a.look) - RANK.indexOf(b.look));
  const plain = sorted.filter((g) => g.look === "pass" && (ROUTINE.has(g.id) || !/\d/.test(g.text)));
  const off = sorted.filter((g) => g.look === "notConfigured");
  const rows = sorted.filter((g) => !plain.includes(g) && !off.includes(g));
  return { rows, plain: plain.map((g) => g.name), off: off.map((g) => g.name) };
}

/** "9 pass, 1 caution". */
export function gateCount(gates: readonly GateView[]): string {
  const words: readonly (readonly [GateLook, string])[] = [
    ["block", "block"],
    ["unknown", "not known"],
    ["measuring", "measuring"],
    ["pass", "pass"],
    ["caution", "caution"],
    ["notConfigured", "not configured"],
  ];
  const settled = gates.filter((g) => g.look === "unknown" && g.settledBy !== undefined).length;
  return words
    .map(
      ([look, word]) =>
        [
          gates.filter((g) => g.look === look).length -
            (look === "unknown" ? settled : 0) +
            (look === "pass" ? settled : 0),
          word,
        ] as const,
    )
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(", ");
}
