import { type ReactNode, useState } from "react";
import { GateRow, type GateView, gateCount, gateOrder } from "./GateRow.js";
import { type HoldStatus, HoldToConfirm } from "./HoldToConfirm.js";
import { Key, Octagon, Triangle } from "./Marks.js";
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
}

export const LAUNCH_HOLD_MS = 1500;

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
      <div className="launch-scroll">
        {queue.map((q) => (
          <button type="button" key={q.id} className="launch-queued" onClick={() => props.onOpenQueued(q.id)}>
            {q.text}
          </button>
        ))}
        <CardHead card={card} veto={veto} />
        <CardAircraft card={card} />
        <CardGates card={card} onSettle={props.onSettle} />
      </div>
      <CardActions {...props} veto={veto} />
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
    <div className="launch-part gates">
      <div className="launch-sub">
        <h3>Gates</h3>
        <span>{gateCount(card.gates)}</span>
      </div>
      <ul>
        {shown.map((g) => (
          <GateRow key={g.id} gate={withKey(g, card.gates)} onSettle={onSettle} />
        ))}
      </ul>
      {!all && (plain.length > 0 || off.length > 0) && (
        <button type="button" className="gates-rest" onClick={() => setAll(true)}>
          <span>{plain.length > 0 ? `${plain.join(", ")} pass` : `${off.length} not configured`}</span>
          <Key>G</Key>
        </button>
      )}
      {card.profile !== undefined && <SideProfile profile={card.profile} />}
    </div>
  );
}

function withKey(gate: GateView, all: readonly GateView[]): GateView {
  const i = openGates(all).indexOf(gate);
  return i < 0 ? gate : { ...gate, settleKey: String(i + 1) };
}

/** Gates that wait for a person's look; their place in this list is their key. */
function openGates(gates: readonly GateView[]): readonly GateView[] {
  return gates.filter((g) => g.look === "unknown" && g.settledBy === undefined).slice(0, 9);
}

function CardActions(props: LaunchCardProps & { readonly veto: boolean }): ReactNode {
  const { card, veto, onApprove, onDecline } = props;
  const [list, setList] = useState<"none" | "decline" | "choose">("none");
  const reasons = list === "decline" ? props.declineReasons : [];
  const others = list === "choose" ? card.losers.filter((l) => l.choosable) : [];
  const open = list === "none" ? openGates(card.gates) : [];
  const stop = (): void => onDecline("Stopped by the pilot before launch");
  useHotkeys({
    d: () => setList((l) => (l === "decline" ? "none" : "decline")),
    o: () => setList((l) => (l === "choose" ? "none" : "choose")),
    Escape: veto ? stop : () => setList("none"),
    ...Object.fromEntries(open.map((g, i) => [String(i + 1), () => props.onSettle(g.id)])),
    ...Object.fromEntries(reasons.map((r, i) => [String(i + 1), () => onDecline(r)])),
    ...Object.fromEntries(others.map((o, i) => [String(i + 1), () => props.onChoose(o.uid)])),
  });
  if (card.over !== undefined) {
    return (
      <div className="launch-acts">
        <p className="launch-over" role="status">
          {card.over.kind === "refused" && (
            <span className="red">
              <Octagon size={16} />{" "}
            </span>
          )}
          {card.over.text}
        </p>
      </div>
    );
  }
  return (
    <div className="launch-acts">
      {card.settled.map((s) => (
        <p key={s.id} className="launch-check">
          <svg className="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
            <rect x="1.5" y="1.5" width="19" height="19" rx="4" fill="none" stroke="currentColor" strokeWidth="2" />
            <path d="M6 11.5 9.7 15 16 7" fill="none" stroke="currentColor" strokeWidth="2.4" />
          </svg>
          {s.text}
        </p>
      ))}
      <p className="launch-nothing">{card.ifNothing}</p>
      {veto ? (
        <button type="button" className="hold" onClick={stop}>
          <span>
            Stop <span className="who">{card.callSign}</span> from launching
          </span>
          <Key>Esc</Key>
        </button>
      ) : (
        <HoldToConfirm
          verb="Hold to launch"
          callSign={card.callSign}
          holdMs={LAUNCH_HOLD_MS}
          hotkey=" "
          hotkeyLabel="Space"
          status={card.mayLaunch ? card.status : { kind: "blocked", text: "Watch only on a screen this small" }}
          meaning={`${card.launchId}:${card.version}:${card.callSign}`}
          onConfirm={onApprove}
        />
      )}
      <div className="two">
        <button
          type="button"
          className="btn quiet"
          aria-expanded={list === "decline"}
          onClick={() => setList(list === "decline" ? "none" : "decline")}
        >
          Decline <Key>D</Key>
        </button>
        <button
          type="button"
          className="btn quiet"
          aria-expanded={list === "choose"}
          onClick={() => setList(list === "choose" ? "none" : "choose")}
        >
          Choose other <Key>O</Key>
        </button>
      </div>
      {list !== "none" && (
        <ul className="launch-list">
          {reasons.map((r, i) => (
            <li key={r}>
              <button type="button" className="btn quiet" onClick={() => onDecline(r)}>
                <Key>{i + 1}</Key> {r}
              </button>
            </li>
          ))}
          {others.map((o, i) => (
            <li key={o.uid}>
              <button type="button" className="btn quiet" onClick={() => props.onChoose(o.uid)}>
                <Key>{i + 1}</Key> <b className="who">{o.callSign}</b> {o.text}
              </button>
            </li>
          ))}
          {list === "choose" && others.length === 0 && <li className="empty">No other aircraft can fly this now.</li>}
        </ul>
      )}
    </div>
  );
}
