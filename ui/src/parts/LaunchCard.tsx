import { type ReactNode, useState } from "react";
import { GateRow, type GateView, gateCount, gateOrder } from "./GateRow.js";
import type { HoldStatus } from "./HoldToConfirm.js";
import { LaunchActions } from "./LaunchActions.js";
import { Key, Triangle } from "./Marks.js";
import { openGates } from "./openGates.js";
import { type ProfileView, SideProfile } from "./SideProfile.js";
import { useHotkeys } from "./useHotkeys.js";
import { clockSpan } from "./words.js";

export interface LoserView {
  readonly uid: string;
  readonly callSign: string;
  readonly text: string;
  /** May be chosen instead. */
  readonly choosable: boolean;
}

export interface LaunchCardView {
  readonly launchId: string;
  readonly version: number;
  readonly policy: "approve" | "veto" | "suggest";
  readonly title: string;
  readonly place: string;
  /** One sentence: what it rests on. */
  readonly because: string;
  /** "62 of 100 were real", shown strong; empty when not known. */
  readonly odds: string;
  readonly secondsLeft: number | undefined;
  readonly secondsTotal: number | undefined;
  readonly callSign: string;
  readonly from: string;
  readonly charge: string;
  readonly etaText: string;
  readonly losers: readonly LoserView[];
  readonly gates: readonly GateView[];
  readonly profile: ProfileView | undefined;
  readonly ifNothing: string;
  /** What changed since the pilot last looked: "now KESTREL, 31 s later". */
  readonly changed: string | undefined;
  readonly status: HoldStatus;
  /** A look at the sky that this launch needs and who gave it. */
  readonly settled: readonly { readonly id: string; readonly text: string }[];
  /** Closed cards say why and go away. */
  readonly over: { readonly kind: "refused" | "lapsed" | "withdrawn" | "declined"; readonly text: string } | undefined;
  readonly mayLaunch: boolean;
  /** Approved and on its way: it can still be stopped, no longer declined. */
  readonly preparing: boolean;
}

export interface LaunchCardProps {
  readonly card: LaunchCardView;
  /** Further proposals waiting: "1 more, 0:52". */
  readonly queue: readonly { readonly id: string; readonly text: string }[];
  readonly declineReasons: readonly string[];
  readonly onApprove: () => void;
  readonly onDecline: (reason: string) => void;
  readonly onChoose: (uid: string) => void;
  readonly onSettle: (gateId: string) => void;
  readonly onOpenQueued: (id: string) => void;
  readonly onAbort: () => void;
}

/** One proposed launch: what, where, why this aircraft, which gates, what happens if nobody acts. */
export function LaunchCard(props: LaunchCardProps): ReactNode {
  const { card, queue } = props;
  const share =
    card.secondsLeft === undefined || card.secondsTotal === undefined
      ? 0
      : Math.max(0, Math.min(1, card.secondsLeft / Math.max(1, card.secondsTotal)));
  const veto = card.policy === "veto" && card.over === undefined;
  return (
    <section
      key={`${card.launchId}:${card.version}`}
      className={`launch-card${card.changed === undefined ? "" : " changed"}`}
      aria-label={`Proposed launch: ${card.title}, ${card.callSign}`}
    >
      {card.secondsLeft !== undefined && (
        <div className={veto ? "countdown veto" : "countdown"} aria-hidden="true">
          <i style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="launch-scroll" tabIndex={0} aria-label="What, where, why and gates">
        {queue.map((q) => (
          <button type="button" key={q.id} className="launch-queued" onClick={() => props.onOpenQueued(q.id)}>
            {q.text}
          </button>
        ))}
        <CardHead card={card} veto={veto} />
        <CardAircraft card={card} />
        <CardGates card={card} onSettle={props.onSettle} />
      </section>
      <LaunchActions {...props} veto={veto} />
    </section>
  );
}

function CardHead({ card, veto }: { readonly card: LaunchCardView; readonly veto: boolean }): ReactNode {
  return (
    <>
      <div className="launch-head">
        <div>
          <h2>{veto ? `${card.callSign} launches by itself` : card.title}</h2>
          <p className="launch-place">{veto ? `${card.title}, ${card.place}` : card.place}</p>
        </div>
        {card.secondsLeft !== undefined && card.over === undefined && (
          <div className="launch-clock">
            <b className={veto ? "magenta" : ""}>{clockSpan(card.secondsLeft)}</b>
            <span>{veto ? "to stop it" : "to decide"}</span>
          </div>
        )}
      </div>
      {card.changed !== undefined && (
        <p className="launch-changed amber" role="alert">
          <Triangle size={15} /> Changed: {card.changed}
        </p>
      )}
      <p className="launch-because">
        {card.because} {card.odds !== "" && <b>{card.odds}</b>}
      </p>
    </>
  );
}

function CardAircraft({ card }: { readonly card: LaunchCardView }): ReactNode {
  return (
    <div className="launch-part">
      <div className="launch-aircraft">
        <span className="call">{card.callSign}</span>
        <span className="launch-from">{card.from}</span>
        <b>{card.etaText}</b>
      </div>
      <div className="launch-small">
        <span>{card.charge}</span>
        <span>to camera on target</span>
      </div>
      {card.losers.length > 0 && (
        <dl className="launch-losers" aria-label="Not chosen">
          {card.losers.slice(0, 4).map((l) => (
            <div key={l.uid}>
              <dt>{l.callSign}</dt>
              <dd>{l.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function CardGates({
  card,
  onSettle,
}: {
  readonly card: LaunchCardView;
  readonly onSettle: (id: string) => void;
}): ReactNode {
  const [all, setAll] = useState(false);
  const { rows, plain, off } = gateOrder(card.gates);
  useHotkeys({ g: () => setAll((v) => !v) });
  const shown = all ? [...card.gates] : rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="launch-part gates" tabIndex={0} aria-label="Gates">
      <div className="launch-sub">
        <h3>Gates</h3>
        <span>{gateCount(card.gates)}</span>
      </div>
      <ul>
        {shown.map((g) => (
          <GateRow key={g.id} gate={withKey(g, card.gates)} brief={!all} onSettle={onSettle} />
        ))}
      </ul>
      {!all && (plain.length > 0 || off.length > 0) && (
        <button type="button" className="gates-rest" onClick={() => setAll(true)}>
          <span>{plain.length > 0 ? `${plain.join(", ")} pass` : `${off.length} not configured`}</span>
          <Key>G</Key>
        </button>
      )}
      {card.profile !== undefined && <SideProfile profile={card.profile} />}
    </section>
  );
}

function withKey(gate: GateView, all: readonly GateView[]): GateView {
  const i = openGates(all).indexOf(gate);
  return i < 0 ? gate : { ...gate, settleKey: String(i + 1) };
}
