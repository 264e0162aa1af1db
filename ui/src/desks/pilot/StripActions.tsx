import type { AircraftView, GeoPoint, RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { HoldToConfirm, Key, PrivacyWhy, usePrivacyWhy } from "../../parts/index.js";
import { flightStatus, type Orders } from "./useOrders.js";

export interface StripActionsProps {
  readonly aircraft: AircraftView;
  readonly mode: string | undefined;
  readonly mine: boolean;
  readonly byHand: boolean;
  readonly picked: GeoPoint | undefined;
  readonly privacyZones: RoomViews["site"]["privacyZones"];
  readonly orders: Orders;
  readonly nowMs: number;
  /** Phones may watch and stop, not fly. */
  readonly small: boolean;
  readonly onByHand: () => void;
  readonly onHold: () => void;
  readonly onPickDone: () => void;
}

export const HOME_HOLD_MS = 800;
export const LAND_HOLD_MS = 1500;
export const STOP_MOTORS_HOLD_MS = 3000;

/** What the selected aircraft can be told. Stop here is one press: it is safe and can be undone. */
export function StripActions(props: StripActionsProps): ReactNode {
  const { aircraft: a, orders, nowMs, mine } = props;
  if (!mine) {
    return (
      <button
        type="button"
        className="btn quiet"
        onClick={() => orders.send(`take:${a.uid}`, "takeControl", { uid: a.uid }, {})}
      >
        Take {a.callSign}
      </button>
    );
  }
  return (
    <>
      <div className="two">
        <button type="button" className="btn" onClick={props.onHold}>
          Stop here <Key>X</Key>
        </button>
        <button
          type="button"
          className="btn"
          aria-pressed={props.byHand}
          disabled={props.small}
          onClick={props.onByHand}
        >
          {props.byHand ? "Let go" : "Fly by hand"} <Key>F</Key>
        </button>
      </div>
      {props.picked !== undefined && <PickedActions {...props} picked={props.picked} />}
      <HoldToConfirm
        small
        verb="Hold to send"
        callSign={a.callSign}
        after="home"
        holdMs={HOME_HOLD_MS}
        hotkey="b"
        hotkeyLabel="B"
        meaning={`home:${a.uid}`}
        status={flightStatus(a, props.mode, "return", orders, `return:${a.uid}`, nowMs)}
        onConfirm={() => orders.send(`return:${a.uid}`, "fly", { uid: a.uid }, { verb: "return" })}
      />
      <MoreActions {...props} />
    </>
  );
}

/** What is rarely wanted and never by accident. */
function MoreActions(props: StripActionsProps): ReactNode {
  const { aircraft: a, orders, nowMs } = props;
  const [more, setMore] = useState(false);
  return (
    <>
      <button type="button" className="strip-more" aria-expanded={more} onClick={() => setMore((v) => !v)}>
        {more ? "Fewer orders" : "Land here, stop motors"}
      </button>
      {more && (
        <>
          <HoldToConfirm
            small
            verb="Hold to land"
            callSign={a.callSign}
            after="where it is"
            holdMs={LAND_HOLD_MS}
            meaning={`land:${a.uid}`}
            status={flightStatus(a, props.mode, "land", orders, `land:${a.uid}`, nowMs)}
            onConfirm={() => orders.send(`land:${a.uid}`, "fly", { uid: a.uid }, { verb: "land" })}
          />
          {!props.small && <StopMotors {...props} />}
        </>
      )}
    </>
  );
}

function PickedActions({
  aircraft: a,
  orders,
  picked,
  privacyZones,
  onPickDone,
}: StripActionsProps & { readonly picked: GeoPoint }): ReactNode {
  const { ready, body, why, onReason } = usePrivacyWhy(picked, privacyZones);
  return (
    <div className="picked">
      <PrivacyWhy why={why} onReason={onReason} />
      <button
        type="button"
        className="btn mine"
        disabled={!ready}
        onClick={() => {
          orders.send(`look:${a.uid}`, "camera", { uid: a.uid }, { verb: "look", point: picked, ...body });
          onPickDone();
        }}
      >
        Look there
      </button>
      <HoldToConfirm
        small
        verb="Hold to send"
        callSign={a.callSign}
        after="there"
        holdMs={HOME_HOLD_MS}
        meaning={`goto:${a.uid}:${picked.latDeg}:${picked.lonDeg}`}
        status={ready ? { kind: "ready" } : { kind: "blocked", text: "Say why" }}
        onConfirm={() => {
          orders.send(`goto:${a.uid}`, "fly", { uid: a.uid }, { verb: "goto", point: picked, ...body });
          onPickDone();
        }}
      />
    </div>
  );
}

/** Two keys and three seconds: the second key is a switch that is held down with the other hand. */
function StopMotors({ aircraft: a, orders }: StripActionsProps): ReactNode {
  const [unlocked, setUnlocked] = useState(false);
  return (
    <div className="stop-motors">
      <button
        type="button"
        className="btn quiet"
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          setUnlocked(true);
        }}
        onPointerUp={() => setUnlocked(false)}
        onPointerCancel={() => setUnlocked(false)}
        onKeyDown={(e) => {
          if (e.key === "Shift") setUnlocked(true);
        }}
        onKeyUp={() => setUnlocked(false)}
        onBlur={() => setUnlocked(false)}
      >
        First key: keep this down, then hold M
      </button>
      <HoldToConfirm
        small
        verb="Hold to stop the motors of"
        callSign={a.callSign}
        after="(it falls)"
        holdMs={STOP_MOTORS_HOLD_MS}
        secondWay={false}
        hotkey="m"
        hotkeyLabel="M"
        meaning={`motors:${a.uid}`}
        status={unlocked ? { kind: "ready" } : { kind: "blocked", text: `${a.callSign} falls. Needs both keys.` }}
        onConfirm={() =>
          orders.send(`motors:${a.uid}`, "fly", { uid: a.uid }, { verb: "emergencyStop", twoKeys: true })
        }
      />
    </div>
  );
}
