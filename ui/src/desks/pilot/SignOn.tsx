import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { type AlarmSound, alarmSound } from "../../live/index.js";
import type { Orders } from "./useOrders.js";

type NotConfigured = RoomViews["site"]["notConfigured"];

export interface SignOnProps {
  readonly name: string;
  readonly notConfigured: NotConfigured;
  readonly orders: Orders;
  readonly onSound: (sound: AlarmSound) => void;
}

/** A watch starts with a sound that was heard and a list that was read: both are part of the record. */
export function SignOn({ name, notConfigured, orders, onSound }: SignOnProps): ReactNode {
  const [heard, setHeard] = useState(false);
  const [read, setRead] = useState(false);
  const ready = heard && (read || notConfigured.length === 0);
  const problem = orders.problem("watch");
  return (
    <section className="sign-on" aria-label="Start the watch">
      <h2>Start the watch</h2>
      <p>{name}, nothing flies for you until you are on watch.</p>
      <ol>
        <SoundStep heard={heard} onHeard={() => setHeard(true)} onSound={onSound} />
        <ReadStep gates={notConfigured} read={read} onRead={() => setRead(true)} />
      </ol>
      <button
        type="button"
        className="btn mine tall"
        disabled={!ready}
        onClick={() => orders.send("watch", "startWatch", {}, { soundTested: true, notConfiguredRead: true })}
      >
        Start the watch
      </button>
      {problem !== undefined && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

interface SoundStepProps {
  readonly heard: boolean;
  readonly onHeard: () => void;
  readonly onSound: (sound: AlarmSound) => void;
}

function SoundStep({ heard, onHeard, onSound }: SoundStepProps): ReactNode {
  const [state, setState] = useState<"untested" | "playing" | "played">("untested");
  const test = (): void => {
    const made = alarmSound();
    onSound(made);
    setState("playing");
    void made.test().then(() => setState("played"));
  };
  return (
    <li>
      <b>Sound</b>
      <span>Three seconds: a proposal, a caution, a warning.</span>
      <div className="two">
        <button type="button" className="btn" disabled={state === "playing"} onClick={test}>
          {state === "playing" ? "Playing" : "Play the test"}
        </button>
        <button
          type="button"
          className="btn quiet"
          disabled={state !== "played"}
          aria-pressed={heard}
          onClick={onHeard}
        >
          {heard ? "Heard" : "I heard all three"}
        </button>
      </div>
    </li>
  );
}

interface ReadStepProps {
  readonly gates: NotConfigured;
  readonly read: boolean;
  readonly onRead: () => void;
}

function ReadStep({ gates, read, onRead }: ReadStepProps): ReactNode {
  return (
    <li>
      <b>Gates this site does not have</b>
      {gates.length === 0 && <span>None. Every gate is configured.</span>}
      <ul className="not-configured">
        {gates.map((g) => (
          <li key={g.gate}>
            <b>{g.gate}</b> {g.text}{" "}
            <span>
              ({g.who}, {g.when})
            </span>
          </li>
        ))}
      </ul>
      {gates.length > 0 && (
        <button type="button" className="btn quiet" aria-pressed={read} onClick={onRead}>
          {read ? "Read" : "I have read these"}
        </button>
      )}
    </li>
  );
}
