import type { AircraftView, AskView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import type { Orders } from "./useOrders.js";

export interface AskCardsProps {
  readonly asks: readonly AskView[];
  readonly aircraft: readonly AircraftView[];
  readonly me: string;
  readonly orders: Orders;
  /** A launch is to be decided: the asks are one line then, so that every gate of it can be read. */
  readonly folded: boolean;
}

/** What others ask of this pilot: the crime center's asks and aircraft offered by another pilot. Nothing moves by itself. */
export function AskCards({ asks, aircraft, me, orders, folded }: AskCardsProps): ReactNode {
  const [looked, look] = useState(false);
  const open = asks.filter((a) => a.state === "open");
  const offered = aircraft.filter((a) => a.offeredTo === me);
  const count = open.length + offered.length;
  if (count === 0) return null;
  const [first] = open;
  const words =
    first === undefined ? "a pilot offers you an aircraft" : `${first.by} asks: ${askWords(first, aircraft)}`;
  return (
    <>
      {folded && (
        <button type="button" className="asks-line" aria-expanded={looked} onClick={() => look((v) => !v)}>
          <b>{count === 1 ? "1 ask" : `${count} asks`}</b> {looked ? "Fold them" : words}
        </button>
      )}
      {(!folded || looked) && (
        <ul className={folded ? "asks beside-card" : "asks"} aria-label="Asked of you">
          {offered.map((a) => (
            <Offered key={a.uid} aircraft={a} orders={orders} />
          ))}
          {open.map((ask) => (
            <Asked key={ask.askId} ask={ask} words={askWords(ask, aircraft)} orders={orders} />
          ))}
        </ul>
      )}
    </>
  );
}

function Offered({ aircraft: a, orders }: { readonly aircraft: AircraftView; readonly orders: Orders }): ReactNode {
  return (
    <li className="card">
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
  );
}

function Asked({
  ask: { askId, by },
  words,
  orders,
}: {
  readonly ask: AskView;
  readonly words: string;
  readonly orders: Orders;
}): ReactNode {
  const answer = (accepted: boolean, word: string): void =>
    orders.send(`ask:${askId}`, "answerAsk", { askId }, { accepted, word });
  const problem = orders.problem(`ask:${askId}`);
  return (
    <li className="card">
      <p>
        <b>{by}</b> asks: {words}
      </p>
      <div className="two">
        <button type="button" className="btn mine" onClick={() => answer(true, "")}>
          Accept
        </button>
        <button type="button" className="btn quiet" onClick={() => answer(false, "Not now")}>
          Not now
        </button>
      </div>
      {problem !== undefined && <p className="amber">{problem}</p>}
    </li>
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
