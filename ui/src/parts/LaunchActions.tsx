import { type ReactNode, useState } from "react";
import { HoldToConfirm } from "./HoldToConfirm.js";
import type { LaunchCardProps, LaunchCardView, LoserView } from "./LaunchCard.js";
import { Key, Octagon } from "./Marks.js";
import { openGates } from "./openGates.js";
import { useHotkeys } from "./useHotkeys.js";

export const LAUNCH_HOLD_MS = 1500;

type Props = LaunchCardProps & { readonly veto: boolean };
type List = "none" | "decline" | "choose";
const numbered = <T,>(items: readonly T[], run: (item: T) => void) =>
  Object.fromEntries(items.map((item, i) => [String(i + 1), () => run(item)]));

/** What can be done with a proposal; while it prepares, only stopping it is left. */
export function LaunchActions(props: Props): ReactNode {
  const { card, veto, onDecline } = props;
  const [list, setList] = useState<List>("none");
  const choosing = card.over === undefined && !card.preparing;
  const reasons = list === "decline" && choosing ? props.declineReasons : [];
  const others = list === "choose" && choosing ? card.losers.filter((l) => l.choosable) : [];
  const stop = (): void => onDecline("Stopped by the pilot before launch");
  const toggle = (to: List) => (): void => setList((l) => (l === to ? "none" : to));
  useHotkeys({
    d: choosing ? toggle("decline") : undefined,
    o: choosing ? toggle("choose") : undefined,
    Escape: card.preparing ? props.onAbort : veto ? stop : () => setList("none"),
    ...numbered(list === "none" && choosing ? openGates(card.gates) : [], (g) => props.onSettle(g.id)),
    ...numbered(reasons, onDecline),
    ...numbered(others, (o) => props.onChoose(o.uid)),
  });
  if (card.over !== undefined) return <OverNote over={card.over} />;
  return (
    <div className="launch-acts">
      {card.settled.map((s) => (
        <Checked key={s.id} text={s.text} />
      ))}
      {!card.preparing && <p className="launch-nothing">{card.ifNothing}</p>}
      <MainAct {...props} stop={stop} />
      {choosing && (
        <div className="two">
          <button type="button" className="btn quiet" aria-expanded={list === "decline"} onClick={toggle("decline")}>
            Decline <Key>D</Key>
          </button>
          <button type="button" className="btn quiet" aria-expanded={list === "choose"} onClick={toggle("choose")}>
            Choose other <Key>O</Key>
          </button>
        </div>
      )}
      {list !== "none" && choosing && (
        <Choices
          reasons={reasons}
          others={others}
          choosing={list === "choose"}
          onDecline={onDecline}
          onChoose={props.onChoose}
        />
      )}
    </div>
  );
}

function MainAct({ card, veto, stop, onApprove, onAbort }: Props & { readonly stop: () => void }): ReactNode {
  if (veto && !card.preparing) return <StopButton callSign={card.callSign} onStop={stop} />;
  return (
    <>
      <HoldToConfirm
        verb="Hold to launch"
        callSign={card.callSign}
        holdMs={LAUNCH_HOLD_MS}
        hotkey=" "
        hotkeyLabel="Space"
        status={
          card.mayLaunch || card.preparing
            ? card.status
            : { kind: "blocked", text: "Watch only on a screen this small" }
        }
        meaning={`${card.launchId}:${card.version}:${card.callSign}`}
        onConfirm={onApprove}
      />
      {card.preparing && <StopButton callSign={card.callSign} onStop={onAbort} />}
    </>
  );
}

function StopButton({ callSign, onStop }: { readonly callSign: string; readonly onStop: () => void }): ReactNode {
  return (
    <button type="button" className="hold stop-launch" onClick={onStop}>
      <span>
        Stop <span className="who">{callSign}</span> from launching
      </span>
      <Key>Esc</Key>
    </button>
  );
}

function Checked({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="launch-check">
      <svg className="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
        <rect x="1.5" y="1.5" width="19" height="19" rx="4" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M6 11.5 9.7 15 16 7" fill="none" stroke="currentColor" strokeWidth="2.4" />
      </svg>
      {text}
    </p>
  );
}

function OverNote({ over }: { readonly over: NonNullable<LaunchCardView["over"]> }): ReactNode {
  return (
    <div className="launch-acts">
      <p className="launch-over" role="status">
        {over.kind === "refused" && (
          <span className="red">
            <Octagon size={16} />{" "}
          </span>
        )}
        {over.text}
      </p>
    </div>
  );
}

interface ChoicesProps {
  readonly reasons: readonly string[];
  readonly others: readonly LoserView[];
  readonly choosing: boolean;
  readonly onDecline: (reason: string) => void;
  readonly onChoose: (uid: string) => void;
}

function Choices({ reasons, others, choosing, onDecline, onChoose }: ChoicesProps): ReactNode {
  return (
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
          <button type="button" className="btn quiet" onClick={() => onChoose(o.uid)}>
            <Key>{i + 1}</Key> <b className="who">{o.callSign}</b> {o.text}
          </button>
        </li>
      ))}
      {choosing && others.length === 0 && <li className="empty">No other aircraft can fly this now.</li>}
    </ul>
  );
}
