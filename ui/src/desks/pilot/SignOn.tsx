import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { type AlarmSound, alarmSound } from "../../live/index.js";
import type { Orders } from "./useOrders.js";

export interface SignOnProps {
  readonly name: string;
  readonly notConfigured: RoomViews["site"]["notConfigured"];
  readonly orders: Orders;
  readonly onSound: (sound: AlarmSound) => void;
}

/** A watch starts with a sound that was heard and a list that was read: both are part of the record. */
export function SignOn({ name, notConfigured, orders, onSound }: SignOnProps): ReactNode {
  const [sound, setSound] = useState<"untested" | "playing" | "played" | "heard">("untested");
  const [read, setRead] = useState(notConfigured.length === 0);
  const ready = sound === "heard" && (read || notConfigured.length === 0);
  const test = (): void => {
    const made = alarmSound();
    onSound(made);
    setSound("playing");
    void made.test().then(() => setSound("played"));
  };
  return (
    <section className="sign-on" aria-label="Start the watch">
      <h2>Start the watch</h2>
      <p>{name}, nothing flies for you until you are on watch.</p>
      <ol>
        <li>
          <b>Sound</b>
          <span>Three seconds: a proposal, a caution, a warning.</span>
          <div className="two">
            <button type="button" className="btn" disabled={sound === "playing"} onClick={test}>
              {sound === "playing" ? "Playing" : "Play the test"}
            </button>
            <button
              type="button"
              className="btn quiet"
              disabled={sound !== "played"}
              aria-pressed={sound === "heard"}
              onClick={() => setSound("heard")}
            >
              {sound === "heard" ? "Heard" : "I heard all three"}
            </button>
          </div>
        </li>
        <li>
          <b>Gates this site does not have</b>
          {notConfigured.length === 0 && <span>None. Every gate is configured.</span>}
          <ul className="not-configured">
            {notConfigured.map((g) => (
              <li key={g.gate}>
                <b>{g.gate}</b> {g.text}{" "}
                <span>
                  ({g.who}, {g.when})
                </span>
              </li>
            ))}
          </ul>
          {notConfigured.length > 0 && (
            <button type="button" className="btn quiet" aria-pressed={read} onClick={() => setRead(true)}>
              {read ? "Read" : "I have read these"}
            </button>
          )}
        </li>
      </ol>
      <button
        type="button"
        className="btn mine tall"
        disabled={!ready}
        onClick={() => orders.send("watch", "startWatch", {}, { soundTested: true, notConfiguredRead: true })}
      >
        Start the watch
      </button>
      {orders.problem("watch") !== undefined && (
        <p className="amber" role="alert">
          {orders.problem("watch")}
        </p>
      )}
    </section>
  );
}
