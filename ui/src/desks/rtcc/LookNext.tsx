import type { AircraftView, IncidentView } from "@outrider/contract";
import type { ReactNode } from "react";
import { agoSpan, Key, shortSpan } from "../../parts/index.js";
import type { Acts } from "./useActs.js";

/** "4 in 10": a share as people say it; never a decimal of confidence. */
export function shareText(share: number): string {
  const tenths = Math.round(share * 10);
  if (tenths < 1) return "under 1 in 10";
  return `${Math.min(10, tenths)} in 10`;
}

export interface LookNextProps {
  readonly incident: IncidentView;
  readonly aircraft: AircraftView | undefined;
  readonly nowMs: number;
  readonly acts: Acts;
  readonly onLook: (point: { readonly latDeg: number; readonly lonDeg: number }) => void;
  readonly onAsk: () => void;
}

/** Where a look would tell most, and what was asked of the pilot. */
export function LookNext(p: LookNextProps): ReactNode {
  const { incident, aircraft } = p;
  const next = incident.couldBe?.next ?? [];
  const callSign = aircraft?.callSign;
  return (
    <section className="look-next" aria-label="Where to look next">
      <h2>Where to look next</h2>
      {next.length === 0 && (
        <p className="empty">
          {incident.couldBe === undefined
            ? "No vehicle is sought. Seek one below, and places to look will be listed here."
            : "Nothing better than what is looked at now."}
        </p>
      )}
      <ol>
        {next.slice(0, 4).map((n, i) => (
          <li key={n.id}>
            <button type="button" onClick={() => p.onLook(n.point)}>
              <span className="magenta">{i + 1}</span>
              <span className="look-name">{n.name}</span>
              <span>{n.kind === "aircraft" ? shortSpan(n.inS) : shareText(n.share)}</span>
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="btn quiet ask-pilot" disabled={p.acts.busy("ask")} onClick={p.onAsk}>
        {callSign === undefined ? "Ask the pilot for an aircraft" : `Ask the pilot for ${callSign}`} <Key>P</Key>
      </button>
      {p.acts.problem("ask") !== "" && <p className="amber problem">{p.acts.problem("ask")}</p>}
      <Asks {...p} />
    </section>
  );
}

function Asks({ incident, nowMs }: LookNextProps): ReactNode {
  const asks = [...incident.asks].sort((a, b) => b.tMs - a.tMs).slice(0, 4);
  if (asks.length === 0) return null;
  return (
    <ul className="asks-made" aria-label="Asked of the pilot">
      {asks.map((a) => (
        <li key={a.askId}>
          <span>{askWords(a.ask)}</span>
          <span className={a.state === "accepted" ? "green" : a.state === "refused" ? "amber" : ""}>
            {a.state === "open"
              ? `asked ${agoSpan(nowMs - a.tMs)} ago`
              : `${a.state}${a.word === "" ? "" : `: ${a.word}`}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function askWords(ask: IncidentView["asks"][number]["ask"]): string {
  switch (ask.kind) {
    case "aircraft":
      return "An aircraft here";
    case "look":
      return `Look at ${ask.place.label === "" ? "the place" : ask.place.label}`;
    case "follow":
      return `Follow ${ask.description}`;
    case "camera":
      return "The camera";
  }
}
