import type { AdviceView, OfficerView } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import {
  callStation,
  monotonicMs,
  problemText,
  type ReadState,
  readSession,
  useRead,
  useTick,
} from "../../live/index.js";
import { ageText, agoText, Logo, SimWord, shortSpan, Tick, Triangle, type Units } from "../../parts/index.js";
import { AGE_LIMITS, freshness } from "../../theme/index.js";
import { toLocal } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { BadgeForm } from "./BadgeForm.js";
import { CornerPlan } from "./CornerPlan.js";
import { cornerWords, type LocalPlan, localPlan, whereYouAre, type Xy } from "./corner.js";
import { OfficerVideo } from "./OfficerVideo.js";
import { advicesFor, type OfficerAnswer, officerAnswer, spokenText, toAcknowledge, tokenOf } from "./officerAnswers.js";
import "./officer.css";

const EVERY_MS = 2000;

/** An officer's link on the phone. Opening the page shows nothing; a tap redeems the link, once, on this device. */
export function OfficerDesk({ units }: DeskProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const [token] = useState(() => tokenOf(location.hash));
  // A device that has opened its link comes back without its token, so the view is asked for first.
  const read = useRead("/officer/view", EVERY_MS);
  const answer = officerAnswer(read.body);
  if (answer !== undefined) return <Phone answer={answer} read={read} units={units} />;
  if (read.waiting) return <Door title="Looking for your link" text="Usual: under 1 s." />;
  if (token === undefined || opened)
    return (
      <Door
        title={read.problem?.title ?? "No link"}
        text={read.problem?.doThis ?? read.problem?.detail ?? "Ask the crime center for a link."}
      />
    );
  return (
    <Redeem
      token={token}
      onOpen={() => {
        setOpened(true);
        read.again();
      }}
    />
  );
}

/** Before a link is opened nothing is told of its incident, and yet an exercise must not look like a call. */
function useSimHere(): boolean {
  const [sim, setSim] = useState(false);
  useEffect(() => void readSession().then((station) => setSim(station?.sim === true)), []);
  return sim;
}

function Door({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}): ReactNode {
  const sim = useSimHere();
  return (
    <main className="officer door">
      {sim && <SimWord />}
      <h1>
        <Logo size={26} /> {title}
      </h1>
      <p>{text}</p>
      {children}
    </main>
  );
}

/** Previews of messengers only fetch the page: nothing is redeemed until a finger says so. */
function Redeem({ token, onOpen }: { readonly token: string; readonly onOpen: () => void }): ReactNode {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const open = (): void => {
    setBusy(true);
    void callStation("openOfficerLink", {}, { token }).then((answer) => {
      setBusy(false);
      if (answer.kind === "problem") return setProblem(problemText(answer.problem));
      // The secret leaves the address bar, so that it is not shared by mistake.
      history.replaceState(undefined, "", location.pathname);
      onOpen();
    });
  };
  return (
    <Door title="Your link" text="It opens one incident on this phone, and on no other.">
      <button type="button" className="officer-ack" disabled={busy} onClick={open}>
        Open it
      </button>
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
    </Door>
  );
}

interface PhoneProps {
  readonly answer: OfficerAnswer;
  readonly read: ReadState;
  readonly units: Units;
}

function Phone({ answer, read, units }: PhoneProps): ReactNode {
  useTick(1);
  const { view } = answer;
  const sinceMs = read.atMs === undefined ? 0 : monotonicMs() - read.atMs;
  const nowMs = answer.nowMs + sinceMs;
  // What was taken back is over at once: nothing on the page may still count down to an end that has come.
  const gone = read.problem?.status === 410 || read.problem?.status === 401 ? read.problem.title : "";
  const plan = useMemo(() => localPlan(view.plan), [view.plan]);
  const told = advicesFor(view);
  const exact = told.find((a) => a.withdrawn === undefined && a.place !== undefined)?.place?.point ?? view.plan.point;
  const { xM, yM } = toLocal(plan.frame, exact);
  const at: Xy = { x: xM, y: yM };
  const corner = cornerWords(plan, at);
  const [you, setYou] = useState<Xy>();
  const find = (): void =>
    navigator.geolocation?.getCurrentPosition((p) => {
      const here = toLocal(plan.frame, { latDeg: p.coords.latitude, lonDeg: p.coords.longitude });
      setYou({ x: here.xM, y: here.yM });
    });
  return (
    <main className="officer">
      <header className="officer-head">
        <div>
          <h1>{view.incident.title}</h1>
          <span>{gone === "" ? endWords(answer, nowMs) : "link over"}</span>
        </div>
        <p>{view.incident.placeLabel}</p>
      </header>
      {view.sim && (
        <p className="officer-sim">
          <SimWord /> An exercise: nobody is at this place.
        </p>
      )}
      <Stale sinceMs={sinceMs} gone={gone} />
      <div className="officer-scroll">
        <OfficerVideo view={view} answeredMs={answer.nowMs} atMs={read.atMs ?? 0} />
        <Where plan={plan} at={at} corner={corner} you={you} units={units} onFind={find} />
        <Told told={told} nowMs={nowMs} />
        <Facts view={view} nowMs={nowMs} />
      </div>
      <Foot view={view} nowMs={nowMs} over={gone !== ""} speech={spokenText(view, corner, nowMs)} onRead={read.again} />
    </main>
  );
}

interface WhereProps {
  readonly plan: LocalPlan;
  readonly at: Xy;
  readonly corner: string;
  readonly you: Xy | undefined;
  readonly units: Units;
  readonly onFind: () => void;
}

function Where({ plan, at, corner, you, units, onFind }: WhereProps): ReactNode {
  const where = you === undefined ? "" : whereYouAre({ x: you.x - at.x, y: you.y - at.y }, units);
  return (
    <section className="officer-corner" aria-label="Where">
      <CornerPlan plan={plan} at={at} you={you} words={`Plan: ${corner}`} />
      <div>
        <h2>{corner}</h2>
        {where === "" ? (
          <button type="button" className="officer-where" onClick={onFind}>
            Where am I?
          </button>
        ) : (
          <p>{where}</p>
        )}
      </div>
    </section>
  );
}

function Facts({ view, nowMs }: { readonly view: OfficerView; readonly nowMs: number }): ReactNode {
  return (
    <ul className="officer-facts" aria-label="Confirmed">
      {view.confirmed.map((c) => (
        <li key={`${c.tMs}:${c.text}`}>
          <span className="green">
            <Tick />
          </span>
          <span>{c.text}</span>
          <time>{agoText(nowMs - c.tMs)}</time>
        </li>
      ))}
      {view.confirmed.length === 0 && <li className="none">Nothing is confirmed yet. What is will appear here.</li>}
      {view.notToActOn.map((line) => (
        <li key={line} className="amber">
          <Triangle size={17} />
          <span>{line}</span>
        </li>
      ))}
    </ul>
  );
}

function endWords(answer: OfficerAnswer, nowMs: number): string {
  if (answer.endsMs === undefined) return "";
  const s = (answer.endsMs - nowMs) / 1000;
  if (s <= 0) return "link ended";
  return s < 120 ? `link ends in ${shortSpan(s)}` : `link ends in ${Math.round(s / 60)} min`;
}

function Stale({ sinceMs, gone }: { readonly sinceMs: number; readonly gone: string }): ReactNode {
  if (gone !== "")
    return (
      <p className="officer-stale red" role="alert">
        {gone}. What is below is {ageText(sinceMs)} old. Ask the crime center by radio.
      </p>
    );
  const look = freshness(sinceMs, AGE_LIMITS.officer);
  if (look === "live") return null;
  return (
    <p className={look === "lost" ? "officer-stale red" : "officer-stale amber"} role="alert">
      {look === "lost" ? `No contact for ${ageText(sinceMs)}. Use the radio.` : `Late: ${ageText(sinceMs)} old`}
    </p>
  );
}

function Told({ told, nowMs }: { readonly told: readonly AdviceView[]; readonly nowMs: number }): ReactNode {
  if (told.length === 0) return null;
  return (
    <section className="officer-told" aria-label="From the crime center">
      {told.slice(0, 3).map((a) => (
        <p key={a.adviceId}>
          {a.withdrawn === undefined ? a.text : <s>{a.text}</s>}
          <small>
            {a.withdrawn === undefined ? `${a.by}, ${agoText(nowMs - a.sentMs)}` : `Taken back: ${a.withdrawn}`}
          </small>
        </p>
      ))}
    </section>
  );
}

function answerWords(unit: string, open: boolean, readMs: number | undefined, nowMs: number): string {
  if (open) return `Got it, ${unit}`;
  return readMs === undefined ? `Nothing to answer, ${unit}` : `${unit} has read it, ${agoText(nowMs - readMs)}`;
}

function Foot({
  view,
  nowMs,
  over,
  speech,
  onRead,
}: {
  readonly view: OfficerView;
  readonly nowMs: number;
  /** The link has ended: nothing can be answered any more. */
  readonly over: boolean;
  readonly speech: string;
  readonly onRead: () => void;
}): ReactNode {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const open = toAcknowledge(view);
  const last = advicesFor(view).find((a) => a.readBy.some((r) => r.unit === view.unit));
  const readMs = last?.readBy.find((r) => r.unit === view.unit)?.tMs;
  const acknowledge = (): void => {
    if (open === undefined) return;
    setBusy(true);
    void callStation("acknowledgeAdvice", { adviceId: open.adviceId }, {}).then((answer) => {
      setBusy(false);
      setProblem(answer.kind === "ok" ? "" : problemText(answer.problem));
      onRead();
    });
  };
  const speak = (): void => {
    if (typeof speechSynthesis === "undefined") return setProblem("This phone does not read aloud.");
    speechSynthesis.cancel();
    speechSynthesis.speak(new SpeechSynthesisUtterance(speech));
  };
  return (
    <footer className="officer-foot">
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
      <button type="button" className="btn officer-speak" onClick={speak}>
        Read it to me
      </button>
      {view.askBadge === true && !over ? (
        <BadgeForm unit={view.unit} onGiven={onRead} />
      ) : (
        <>
          <button
            type="button"
            className="officer-ack"
            disabled={open === undefined || busy || over}
            onClick={acknowledge}
          >
            {over ? "Use the radio" : answerWords(view.unit, open !== undefined, readMs, nowMs)}
          </button>
          {view.holder !== undefined && !over && <p className="officer-holder">Answers as {view.holder}</p>}
        </>
      )}
    </footer>
  );
}
