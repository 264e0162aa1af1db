import type { AircraftView, AskView } from "@outrider/contract";
import type { ReactNode } from "react";
import type { Orders } from "./useOrders.js";

export interface AskCardsProps {
  readonly asks: readonly AskView[];
  readonly aircraft: readonly AircraftView[];
  readonly me: string;
  readonly orders: Orders;
}

/** What others ask of this pilot: the crime center's asks and aircraft offered by another pilot. Nothing moves by itself. */
export function AskCards({ asks, aircraft, me, orders }: AskCardsProps): ReactNode {
  const open = asks.filter((a) => a.state === "open");
  const offered = aircraft.filter((a) => a.offeredTo === me);
  if (open.length === 0 && offered.length === 0) return null;
  return (
    <ul className="asks" aria-label="Asked of you">
      {offered.map((a) => (
        <li key={a.uid} className="card">
          <p>
            <b>{a.picName ?? "A pilot"}</b> offers you <b className="who">{a.callSign}</b>
          </p>
          <button
            type="button"
            className="btn mine"
            onClick={() => orders.send(`accept:${a.uid}`, "acceptControl", { uid: a.uid }, {})}
          >
            Take {a.callSign}
          </button>
        </li>
      ))}
      {open.map((ask) => (
        <li key={ask.askId} className="card">
          <p>
            <b>{ask.by}</b> asks: {askWords(ask, aircraft)}
          </p>
          <div className="two">
            <button
              type="button"
              className="btn mine"
              onClick={() =>
                orders.send(`ask:${ask.askId}`, "answerAsk", { askId: ask.askId }, { accepted: true, word: "" })
              }
            >
              Accept
            </button>
            <button
              type="button"
              className="btn quiet"
              onClick={() =>
                orders.send(`ask:${ask.askId}`, "answerAsk", { askId: ask.askId }, { accepted: false, word: "Not now" })
              }
            >
              Not now
            </button>
          </div>
          {orders.problem(`ask:${ask.askId}`) !== undefined && (
            <p className="amber">{orders.problem(`ask:${ask.askId}`)}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

function askWords(ask: AskView, aircraft: readonly AircraftView[]): string {
  const name = (uid: string): string => aircraft.find((a) => a.uid === uid)?.callSign ?? "the aircraft";
  switch (ask.ask.kind) {
    case "aircraft":
      return `an aircraft. ${ask.ask.reason}`;
    case "look":
      return `${name(ask.ask.uid)}, look at ${ask.ask.place.label}`;
    case "follow":
      return `${name(ask.ask.uid)}, follow ${ask.ask.description}`;
    case "camera":
      return `the camera of ${name(ask.ask.uid)}`;
  }
}
