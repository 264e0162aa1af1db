import { type ReactNode, useEffect, useRef, useState } from "react";
import { type HoldEvent, type HoldState, holdShare, stepHold } from "./holdMachine.js";
import { Key, Octagon } from "./Marks.js";
import { isTyping, keyName } from "./useHotkeys.js";
import { ageText } from "./words.js";

/** What is known about the order after the hold: an acknowledgement is not evidence, telemetry is. */
export type HoldStatus =
  | { readonly kind: "ready" }
  | { readonly kind: "sent"; readonly ageMs: number }
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "unconfirmed"; readonly text: string }
  | { readonly kind: "blocked"; readonly text: string };

export interface HoldToConfirmProps {
  /** "Hold to launch", "Hold to send". */
  readonly verb: string;
  /** The aircraft it moves: every held button names it. */
  readonly callSign: string;
  readonly after?: string;
  readonly holdMs: number;
  readonly hotkey?: string;
  readonly hotkeyLabel?: string;
  readonly status: HoldStatus;
  readonly secondWay?: boolean;
  readonly small?: boolean;
  /** Changes when what would be done changes (proposal version, aircraft): the hold starts anew. */
  readonly meaning: string;
  readonly onConfirm: () => void;
}

/** A button that is held. Letting go, leaving, or a change of what it means cancels it. */
export function HoldToConfirm(props: HoldToConfirmProps): ReactNode {
  const { verb, callSign, after = "", status, small = false, hotkeyLabel } = props;
  const fill = useRef<HTMLElement>(null);
  const [kind, setKind] = useState<HoldState["kind"]>("ready");
  const send = useHold(props, fill, setKind);
  if (status.kind !== "ready") return <HoldOutcome status={status} callSign={callSign} small={small} />;
  return (
    <button
      type="button"
      className={small ? "hold small" : "hold"}
      onPointerDown={(e) => {
        if (e.button !== 0) return;
        e.currentTarget.setPointerCapture(e.pointerId);
        send({ kind: "press", tMs: e.timeStamp });
      }}
      onPointerUp={(e) => send({ kind: "release", tMs: e.timeStamp })}
      onPointerCancel={(e) => send({ kind: "cancel", tMs: e.timeStamp })}
      onKeyDown={(e) => {
        if (e.key !== "Enter" && e.key !== " ") return;
        e.preventDefault();
        if (!e.repeat) send({ kind: "press", tMs: e.timeStamp });
      }}
      onKeyUp={(e) => {
        if (e.key === "Enter" || e.key === " ") send({ kind: "release", tMs: e.timeStamp });
      }}
      onBlur={(e) => send({ kind: "cancel", tMs: e.timeStamp })}
      onContextMenu={(e) => e.preventDefault()}
    >
      <i className="fill" ref={fill} />
      <span>
        {kind === "armed" ? "Press again: " : ""}
        {kind === "armed" ? verb.replace(/^Hold to /, "") : verb} <span className="who">{callSign}</span>
        {after === "" ? "" : ` ${after}`}
      </span>
      <span className="sr-only">Hold, or press twice.</span>
      {hotkeyLabel !== undefined && <Key>{hotkeyLabel}</Key>}
    </button>
  );
}

function HoldOutcome({
  status,
  callSign,
  small,
}: {
  readonly status: Exclude<HoldStatus, { kind: "ready" }>;
  readonly callSign: string;
  readonly small: boolean;
}): ReactNode {
  const size = small ? " small" : "";
  switch (status.kind) {
    case "sent":
      return (
        <div className={`hold quiet${size}`} role="status">
          Sent {ageText(status.ageMs)} ago, waiting for <span className="who">{callSign}</span>
        </div>
      );
    case "done":
      return (
        <div className={`hold quiet done${size}`} role="status">
          {status.text}
        </div>
      );
    case "unconfirmed":
      return (
        <div className={`hold quiet unconfirmed${size}`} role="alert">
          {status.text}
        </div>
      );
    case "blocked":
      return (
        <div className={`hold quiet blocked${size}`} role="status">
          <span className="red">
            <Octagon />
          </span>
          {status.text}
        </div>
      );
  }
}

/** Drives the machine with the browser's own event and frame times; the fill is moved without React. */
function useHold(
  props: HoldToConfirmProps,
  fill: { readonly current: HTMLElement | null },
  setKind: (kind: HoldState["kind"]) => void,
): (event: HoldEvent) => void {
  const state = useRef<HoldState>({ kind: "ready", stillSinceMs: Number.POSITIVE_INFINITY });
  const latest = useRef(props);
  latest.current = props;
  const frame = useRef(0);
  const send = useRef((event: HoldEvent): void => {
    const { holdMs, secondWay = true, onConfirm, status } = latest.current;
    if (status.kind !== "ready" && event.kind !== "changed") return;
    const next = stepHold(state.current, event, { holdMs, secondWay });
    const was = state.current.kind;
    state.current = next.kind === "done" ? { kind: "ready", stillSinceMs: event.tMs } : next;
    if (next.kind === "done" && was !== "done") onConfirm();
    if (state.current.kind !== was) setKind(state.current.kind);
    if (fill.current !== null) fill.current.style.transform = `scaleX(${holdShare(state.current, event.tMs, holdMs)})`;
    cancelAnimationFrame(frame.current);
    if (state.current.kind === "holding" || state.current.kind === "armed")
      frame.current = requestAnimationFrame((tMs) => send.current({ kind: "tick", tMs }));
  });
  const { hotkey } = props;
  // A control that was blocked or busy in between must not go on with the press from before.
  const meaning = `${props.meaning}|${props.status.kind}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new meaning is exactly what must reset the hold.
  useEffect(() => {
    const id = requestAnimationFrame((tMs) => send.current({ kind: "changed", tMs }));
    return () => cancelAnimationFrame(id);
  }, [meaning]);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  useHoldKey(hotkey, send);
  return send.current;
}

function useHoldKey(hotkey: string | undefined, send: { readonly current: (event: HoldEvent) => void }): void {
  useEffect(() => {
    if (hotkey === undefined) return;
    const mine = (e: KeyboardEvent): boolean =>
      keyName(e) === hotkey &&
      !isTyping(e.target) &&
      !(e.target instanceof HTMLButtonElement && (hotkey === " " || hotkey === "Enter"));
    const down = (e: KeyboardEvent): void => {
      if (!mine(e)) return;
      e.preventDefault();
      if (!e.repeat) send.current({ kind: "press", tMs: e.timeStamp });
    };
    const up = (e: KeyboardEvent): void => {
      if (mine(e)) send.current({ kind: "release", tMs: e.timeStamp });
    };
    const away = (e: Event): void => send.current({ kind: "cancel", tMs: e.timeStamp });
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", away);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", away);
    };
  }, [hotkey, send]);
}
