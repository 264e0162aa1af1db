import type { AircraftView, RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import type { Orders } from "./useOrders.js";

export interface HandOverProps {
  readonly pilot: RoomViews["pilot"];
  readonly mine: readonly AircraftView[];
  readonly me: string;
  readonly text: string;
  readonly orders: Orders;
  readonly onClose: () => void;
}

/** Hands aircraft to another pilot on watch, one by one, and ends the watch when none is left. */
export function HandOver({ pilot, mine, me, text, orders, onClose }: HandOverProps): ReactNode {
  const others = pilot.pilotsOnWatch.filter((p) => p.personId !== me);
  const [to, setTo] = useState(others[0]?.personId ?? "");
  const flying = mine.filter((a) => a.inAir);
  const watchId = pilot.watch?.watchId ?? "";
  return (
    <section className="quiet-card" aria-label="Hand over the watch">
      <div className="quiet-scroll">
        <h2>Hand over the watch</h2>
        <p>{text}</p>
        <div className="quiet-part">
          <h3>To whom</h3>
          {others.length === 0 && (
            <p className="empty">No other pilot is on watch. Bring aircraft home before you end yours.</p>
          )}
          {others.map((p) => (
            <label key={p.personId} className="choice">
              <input type="radio" name="to" checked={to === p.personId} onChange={() => setTo(p.personId)} /> {p.name},{" "}
              {p.aircraft} in the air
            </label>
          ))}
        </div>
        {others.length > 0 && (
          <div className="quiet-part">
            <h3>Aircraft</h3>
            {flying.map((a) => (
              <button
                type="button"
                key={a.uid}
                className="btn"
                disabled={to === "" || a.offeredTo !== undefined}
                onClick={() =>
                  orders.send(`offer:${a.uid}`, "offerControl", { uid: a.uid }, { to, text: text.slice(0, 400) })
                }
              >
                {a.offeredTo === undefined ? `Offer ${a.callSign}` : `${a.callSign} offered, waiting`}
              </button>
            ))}
            {flying.length === 0 && <p className="empty">You hold no aircraft in the air.</p>}
          </div>
        )}
        {orders.problem("endWatch") !== undefined && <p className="amber">{orders.problem("endWatch")}</p>}
      </div>
      <div className="quiet-foot two">
        <button type="button" className="btn quiet" onClick={onClose}>
          Keep the watch
        </button>
        <button
          type="button"
          className="btn mine"
          disabled={flying.length > 0 || watchId === ""}
          onClick={() => orders.send("endWatch", "endWatch", { watchId }, { why: "Handed over" })}
        >
          End the watch
        </button>
      </div>
    </section>
  );
}
