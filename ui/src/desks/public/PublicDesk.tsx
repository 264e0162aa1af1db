import type { GeoPoint, PublicFlightView } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { loadCity, useRead, wallClockMs } from "../../live/index.js";
import { ageText, heightText, Logo, Notice, SimWord } from "../../parts/index.js";
import { poseFrom, type SceneHandle, SceneView } from "../../scene/index.js";
import { type CityModel, toLocal } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { Ask, type Question } from "./Ask.js";
import { nearestStreet } from "./crossings.js";
import {
  byDay,
  categoryWord,
  clockWords,
  delayWords,
  type FlightsPage,
  flightsPage,
  middleOf,
  tooFresh,
  type WhyAnswer,
  whyAnswer,
  whyPath,
  withheldWords,
} from "./publicAnswers.js";
import { NO_POSES, publicScene } from "./publicScene.js";
import "./public.css";

/** The public page: one question, one answer, and the log of every flight. */
export function PublicDesk(props: DeskProps): ReactNode {
  const city = useCity(props.city);
  const flights = useRead("/public/flights", 60_000);
  const page = flightsPage(flights.body);
  const [question, ask] = useState<Question>();
  const [all, setAll] = useState(false);
  const why = useRead(question === undefined ? undefined : whyPath(question.at, question.tMs));
  const answer = whyAnswer(why.body);
  return (
    <main className="public">
      <div className="public-scroll">
        <Head page={page} />
        <Ask
          city={city.city}
          latest={page?.flights[0]?.startedMs}
          timeZone={page?.timeZone}
          onAsk={ask}
          question={question}
        />
        <PublicMap
          city={city.city}
          problem={city.problem}
          desk={props}
          question={question}
          flights={answer?.flights ?? (question === undefined ? (page?.flights.slice(0, 1) ?? []) : [])}
          onAsk={ask}
        />
        <section className="public-answer" aria-live="polite">
          {why.problem !== undefined && (
            <Notice title="No answer" text={`${why.problem.detail} The log below is whole.`} tone="caution" />
          )}
          {question !== undefined && why.waiting && answer === undefined && (
            <p className="empty">Looking in the log. Usual: under 1 s.</p>
          )}
          {answer !== undefined && <Answer answer={answer} city={city.city} timeZone={page?.timeZone} />}
          <DelayHint page={page} question={question} answered={answer !== undefined} />
        </section>
        {all && page !== undefined && (
          <Log
            page={page}
            city={city.city}
            onAsk={(q) => {
              setAll(false);
              ask(q);
            }}
          />
        )}
      </div>
      <Foot page={page} problem={flights.problem?.detail} all={all} onAll={() => setAll((a) => !a)} />
    </main>
  );
}

/** How long flights stay unseen: before a question as a fact, after a no about a fresh moment as a warning. */
function DelayHint(p: {
  readonly page: FlightsPage | undefined;
  readonly question: Question | undefined;
  readonly answered: boolean;
}): ReactNode {
  const { page, question } = p;
  if (question === undefined)
    return (
      <p className="public-hint">
        Ask about your street, or touch the map. Flights are shown{" "}
        {page === undefined ? "soon" : delayWords(page.delayMinutes)} after they end.
      </p>
    );
  if (!p.answered || page === undefined || !tooFresh(question.tMs, wallClockMs(), page.delayMinutes)) return null;
  return (
    <p className="public-hint">
      {`Flights are shown ${delayWords(page.delayMinutes)} after they end. One at this time may not be shown yet: ask again later.`}
    </p>
  );
}

function Head({ page }: { readonly page: FlightsPage | undefined }): ReactNode {
  return (
    <>
      <header className="public-head">
        <h1>
          <Logo /> Police drone flights
        </h1>
        {page !== undefined && <p>{page.agency}</p>}
      </header>
      {page?.sim === true && (
        <p className="public-sim">
          <SimWord /> A simulated city. Nothing here was flown.
        </p>
      )}
    </>
  );
}

function useCity(given: CityModel | undefined): { readonly city: CityModel | undefined; readonly problem: string } {
  const [state, setState] = useState<{ city: CityModel | undefined; problem: string }>({ city: given, problem: "" });
  useEffect(() => {
    if (given !== undefined) return;
    void loadCity().then((load) =>
      setState(load.kind === "city" ? { city: load.city, problem: "" } : { city: undefined, problem: load.why }),
    );
  }, [given]);
  return state;
}

function PublicMap({
  city,
  problem,
  desk,
  question,
  flights,
  onAsk,
}: {
  readonly city: CityModel | undefined;
  readonly problem: string;
  readonly desk: DeskProps;
  readonly question: Question | undefined;
  readonly flights: readonly PublicFlightView[];
  readonly onAsk: (q: Question) => void;
}): ReactNode {
  const handle = useRef<SceneHandle>(null);
  const model = useMemo(
    () => (city === undefined ? undefined : publicScene(desk.theme, city, question?.at, flights)),
    [city, desk.theme, question, flights],
  );
  const words = useMemo(() => ({ height: (m: number) => heightText(m, desk.units), age: ageText }), [desk.units]);
  const focus = question?.at ?? (flights[0] === undefined ? undefined : middleOf(flights[0]));
  const key = focus === undefined ? "" : `${focus.latDeg},${focus.lonDeg}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the place.
  const home = useMemo(
    () => (city === undefined || focus === undefined ? undefined : viewFrom(city, focus)),
    [city, key],
  );
  if (city === undefined || model === undefined)
    return (
      <Notice
        title={problem === "" ? "Waiting for the map" : "No map"}
        text={problem === "" ? "Usual: 3 s. The log below can be read." : `${problem} The log below can be read.`}
      />
    );
  const pick = (at: GeoPoint): void => {
    const { xM, yM } = toLocal(city.frame, at);
    const street = nearestStreet(city, xM, yM);
    onAsk({
      at,
      label: street === "" ? "The place you touched" : `Near ${street}`,
      tMs: question?.tMs ?? flights[0]?.startedMs ?? 0,
    });
  };
  return (
    <div className="public-map">
      <SceneView
        key={key}
        city={city}
        model={model}
        poses={NO_POSES}
        words={words}
        groundPx={2048}
        handle={handle}
        twin={twinOf(question, flights)}
        onPickGround={pick}
        {...(home === undefined ? {} : { home })}
      />
    </div>
  );
}

const twinOf = (question: Question | undefined, flights: readonly PublicFlightView[]): string =>
  `${question === undefined ? "" : `You asked about ${question.label}. `}${flights.length === 0 ? "No flight is drawn." : `${flights.length} flights are drawn: ${flights.map((f) => f.area).join(", ")}.`}`;

/** Low from the north-east, so that the way and the shaded ground are both in view. */
function viewFrom(city: CityModel, at: GeoPoint) {
  const { xM, yM } = toLocal(city.frame, at);
  return poseFrom([xM - 120, yM + 520, 400], [xM - 90, yM - 20, 75], 40);
}

function Answer({
  answer,
  city,
  timeZone,
}: {
  readonly answer: WhyAnswer;
  readonly city: CityModel | undefined;
  readonly timeZone: string | undefined;
}): ReactNode {
  const [first] = answer.flights;
  return (
    <>
      <h2>{sentence(answer)}</h2>
      {first === undefined ? (
        <p className="public-hint">
          {answer.withheldAltogether === 0
            ? "No flight is withheld anywhere in the city."
            : `${answer.withheldAltogether} ${answer.withheldAltogether === 1 ? "flight is" : "flights are"} withheld in the whole city, and counted below. A withheld one would not be shown here.`}
        </p>
      ) : (
        answer.flights.map((f) => <FlightFacts key={f.flightId} flight={f} city={city} timeZone={timeZone} />)
      )}
    </>
  );
}

/** The answer's first sentence stands alone; the reason has its own heading. */
function sentence(answer: WhyAnswer): string {
  const [flight] = answer.flights;
  if (flight === undefined || flight.why === "") return answer.answer;
  return answer.answer.replace(flight.why, "").trim();
}

function FlightFacts({
  flight,
  city,
  timeZone,
}: {
  readonly flight: PublicFlightView;
  readonly city: CityModel | undefined;
  readonly timeZone: string | undefined;
}): ReactNode {
  const area = areaOf(flight, city);
  const rows = [
    {
      title: "When and where",
      text: `${clockWords(flight.startedMs, timeZone)}, ${area === "" ? "in this area" : `near ${area}`}, ${flight.minutes} min in the air.`,
    },
    { title: "Why", text: [categoryWord(flight.category), flight.why].filter((t) => t !== "").join(". ") },
    {
      title: "What its camera saw",
      text: "At most the shaded ground. On the way there and back it looks level, not down.",
    },
    { title: "What is kept", text: flight.kept },
    { title: "Who decided", text: flight.decidedBy },
  ];
  return (
    <dl className="public-facts">
      {rows.map((r) => (
        <div key={r.title}>
          <dt>{r.title}</dt>
          <dd>{r.text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The station's own words, else the street on the map that is nearest to the blurred place. */
function areaOf(flight: PublicFlightView, city: CityModel | undefined): string {
  const at = middleOf(flight);
  if (flight.area !== "" || city === undefined || at === undefined) return flight.area;
  const { xM, yM } = toLocal(city.frame, at);
  return nearestStreet(city, xM, yM);
}

function Log({
  page,
  city,
  onAsk,
}: {
  readonly page: FlightsPage;
  readonly city: CityModel | undefined;
  readonly onAsk: (q: Question) => void;
}): ReactNode {
  const top = useRef<HTMLElement>(null);
  // The list opens below the answer, out of sight on a phone.
  // Newer browsers answer a scroll with a promise: an effect must not return it, React would call it when the list closes.
  useEffect(() => {
    top.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <section ref={top} className="public-log" aria-label="All flights">
      <h2>All flights</h2>
      {page.flights.length === 0 && (
        <p className="empty">
          {`No flight has been published yet. Each will be listed here ${delayWords(page.delayMinutes)} after it ends.`}
        </p>
      )}
      {byDay(page.flights, page.timeZone).map((day) => (
        <section key={day.date}>
          <h3>{day.title}</h3>
          <ul>
            {day.flights.map((f) => {
              const at = middleOf(f);
              const area = areaOf(f, city);
              return (
                <li key={f.flightId}>
                  <button
                    type="button"
                    disabled={at === undefined}
                    onClick={() =>
                      at !== undefined &&
                      onAsk({ at, label: area === "" ? "This flight" : `Near ${area}`, tMs: f.startedMs })
                    }
                  >
                    <time>{clockWords(f.startedMs, page.timeZone)}</time>
                    <b>{categoryWord(f.category === "" ? f.purpose : f.category)}</b>
                    <span>{`${area === "" ? "" : `${area}, `}${f.minutes} min`}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </section>
  );
}

function Foot({
  page,
  problem,
  all,
  onAll,
}: {
  readonly page: FlightsPage | undefined;
  readonly problem: string | undefined;
  readonly all: boolean;
  readonly onAll: () => void;
}): ReactNode {
  const words = page === undefined ? undefined : withheldWords(page);
  return (
    <footer className="public-foot">
      {words === undefined ? (
        <p>{problem === undefined ? "Reading the log. Usual: under 1 s." : `The log did not come: ${problem}`}</p>
      ) : (
        <p>
          {words.shown}, <b>{words.count} withheld</b>
          {words.why === "" ? "." : ` (${words.why}).`} Withheld flights are always counted.
        </p>
      )}
      <button type="button" className="btn tall" aria-expanded={all} disabled={page === undefined} onClick={onAll}>
        {all ? "Close the list" : "All flights"}
      </button>
    </footer>
  );
}
