import type { RoomViews, SearchView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { API, useLive, useRead, useRoom, useRoomState, useTick } from "../../live/index.js";
import {
  AlarmBar,
  clockSpan,
  command,
  Drawer,
  listText,
  Notice,
  Octagon,
  Tick,
  TopBar,
  timeOfDay,
  useDeskKeys,
} from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { HealthCard } from "../health/HealthLines.js";
import { type Acts, useActs } from "../rtcc/useActs.js";
import { DecisionCard } from "./DecisionCard.js";
import { Decisions } from "./Decisions.js";
import { verifyWords } from "./decisions.js";
import { arrivals, isDecision } from "./filters.js";
import { PatternsCard } from "./PatternsCard.js";
import { ResponseTimes } from "./ResponseTimes.js";
import { Review, type Subject, sayInOrder } from "./Review.js";
import { SearchesCard } from "./SearchesCard.js";
import "../deskFrame.css";
import "./supervisor.css";

type View = RoomViews["supervisor"];

/** The supervisor's page: how long it takes, every decision with its reason, and proof of each. */
export function SupervisorDesk(props: DeskProps): ReactNode {
  const live = useLive();
  useTick(1);
  const room = useRoomState("supervisor");
  const health = useRoom("health");
  const fleet = useRoom("fleet");
  const view = room?.view as View | undefined; // The room's name fixes its view.
  const acts = useActs();
  const look = useLook(view);
  const nowMs = live.nowMs() ?? 0;
  const mayReview = props.session?.roles.includes("supervisor") === true;
  const { over } = useKeys(props, view, look, acts, mayReview);
  const dead = live.deadForS();
  const review = (subject: Subject): ReactNode => (
    <Review subject={subject} acts={acts} mayReview={mayReview} asking={look.asking} onAsking={look.ask} />
  );
  return (
    <div className={`desk supervisor${dead === undefined ? "" : " server-gone"}`}>
      <Top desk={props} nowMs={nowMs} />
      <main className="supervisor-grid">
        <div className="supervisor-main">
          {view === undefined && <NoView refused={live.refusal("supervisor")} />}
          {view !== undefined && <Figures view={view} />}
          {view !== undefined && (
            <Decisions
              view={view}
              nowMs={nowMs}
              chosen={look.decision}
              onChoose={look.choose}
              onExport={(format) => exportRecord(view, format)}
            />
          )}
        </div>
        <Drawer title="Decision, searches" wakes={look.wakes}>
          <div className="supervisor-side">
            {view !== undefined && look.decision !== undefined && (
              <DecisionCard key={look.decision.seq} decision={look.decision} view={view} units={props.units}>
                {look.subject?.kind === "decision" && review(look.subject)}
              </DecisionCard>
            )}
            <HealthCard health={health} aircraft={fleet?.aircraft ?? []} />
            {view?.patterns !== undefined && <PatternsCard patterns={view.patterns} />}
            {view !== undefined && (
              <SearchesCard
                searches={view.searches}
                nowMs={nowMs}
                chosen={look.search}
                onChoose={look.chooseSearch}
                review={look.subject?.kind === "search" ? review(look.subject) : undefined}
              />
            )}
          </div>
        </Drawer>
      </main>
      {over}
    </div>
  );
}

function NoView({ refused }: { readonly refused: string | undefined }): ReactNode {
  return refused === undefined ? (
    <Notice title="Waiting for the record" text="Usual: under 1 s." />
  ) : (
    <Notice title="Not yours to see" text={refused} tone="caution" />
  );
}

/** What is looked at: a decision always, and a search when one was chosen last; review acts go to the newer choice. */
function useLook(view: View | undefined) {
  const [seq, setSeq] = useState<number>();
  const [searchSeq, setSearchSeq] = useState<number>();
  const [asking, ask] = useState(false);
  const [turn, setTurn] = useState(0);
  const decisions = (view?.decisions ?? []).filter(isDecision);
  const decision = decisions.find((d) => d.seq === seq) ?? decisions[0];
  const search = view?.searches.find((s) => s.seq === searchSeq);
  const subject: Subject | undefined =
    search !== undefined
      ? { kind: "search", of: search }
      : decision === undefined
        ? undefined
        : { kind: "decision", of: decision };
  return {
    decisions,
    decision,
    search,
    subject,
    asking,
    ask,
    /** Opens the drawer of a small screen for each choice, never by itself. */
    wakes: turn === 0 ? "" : String(turn),
    choose(next: number): void {
      setSeq(next);
      setSearchSeq(undefined);
      ask(false);
      setTurn((n) => n + 1);
    },
    chooseSearch(next: SearchView): void {
      setSearchSeq((now) => (now === next.seq ? undefined : next.seq));
      ask(false);
    },
  };
}
type Look = ReturnType<typeof useLook>;

function Top({ desk, nowMs }: { readonly desk: DeskProps; readonly nowMs: number }): ReactNode {
  const live = useLive();
  const verify = useRead("/records/verify", 300_000);
  const words = verifyWords(verify.body);
  const dead = live.deadForS();
  const calm =
    words?.text ??
    (verify.problem === undefined ? "Verifying the record" : `The record was not verified: ${verify.problem.title}`);
  const bar =
    words?.ok === false ? (
      <div className="alarms">
        <span className="alarm warning ack">
          <Octagon /> <span className="alarm-text">{words.text}</span>
        </span>
      </div>
    ) : dead === undefined ? (
      <div className="alarms">
        <span className="calm">
          <Tick /> {calm}
        </span>
      </div>
    ) : (
      <AlarmBar alarms={[]} nowMs={nowMs} calm={calm} channelDeadS={dead} onAcknowledge={() => undefined} />
    );
  const day =
    nowMs === 0
      ? ""
      : new Date(nowMs).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
  return (
    <TopBar
      desk="Supervisor"
      person={desk.session?.name ?? ""}
      alarms={bar}
      facts={[day]}
      clock={nowMs === 0 ? "--:--:--" : timeOfDay(nowMs)}
      sim={live.sim}
      menu={desk.menu}
    />
  );
}

function Figures({ view }: { readonly view: View }): ReactNode {
  const all = arrivals(view.responseTimes);
  const total = all.came + all.noneCount + all.open;
  const notReached = `not reached by half of ${total}`;
  const rate = view.alarmsPer10Min;
  return (
    <section className="figures" aria-label="Response times">
      <div>
        <p className="figures-title">Alert to camera on target</p>
        <p className="figures-median">
          <b>{view.medianS === undefined ? "–" : clockSpan(view.medianS)}</b>{" "}
          {total === 0 ? "nothing measured yet" : view.medianS === undefined ? notReached : `median of ${total}`}
        </p>
        <dl>
          <dt>9 in 10 within</dt>
          <dd>{view.p90S !== undefined ? clockSpan(view.p90S) : total === 0 ? "–" : "not reached"}</dd>
          <dt>Camera came</dt>
          <dd>{`${all.came} of ${total}`}</dd>
          <dt>Did not arrive</dt>
          <dd>{`${all.noneCount} of ${total}`}</dd>
          {all.open > 0 && (
            <>
              <dt>Still open</dt>
              <dd>{all.open}</dd>
            </>
          )}
          <dt>Alarms in 10 min, a desk</dt>
          <dd className={rate > 10 ? "amber" : ""}>{rate > 10 ? `${rate}: a flood` : rate}</dd>
        </dl>
        {all.noneCount > 0 && (
          <p className="card-note">
            {`${listText(all.none.map((o) => `${o.n} ${o.word}`))}. They count as later than every other, so that they cannot make the figures look better.`}
          </p>
        )}
      </div>
      <ResponseTimes view={view} />
    </section>
  );
}

/** The export is a fact of its own, made by the station before the file is sent. */
function exportRecord(view: View | undefined, format: "json" | "csv"): void {
  if (view === undefined || view.record.seq === 0) return;
  const oldest = view.decisions.at(-1)?.seq ?? 1;
  const range = `from=${Math.max(1, oldest)}&to=${view.record.seq}`;
  window.open(`${API}/records/export?${range}${format === "csv" ? "&format=csv" : ""}`, "_blank", "noopener");
}

const KEYS = [
  {
    title: "This page",
    keys: [
      { key: "Y", text: "In order: the decision or search you chose" },
      { key: "W", text: "Ask why" },
      { key: "[ ]", text: "Decision before, after" },
      { key: "E", text: "Export with proof" },
    ],
  },
] as const;

function useKeys(desk: DeskProps, view: View | undefined, look: Look, acts: Acts, mayReview: boolean) {
  const step = (by: number) => (): void => {
    const at = look.decisions.findIndex((d) => d.seq === look.decision?.seq);
    const next = look.decisions[at + by];
    if (next !== undefined) look.choose(next.seq);
  };
  const why = (): void => {
    if (mayReview && look.subject !== undefined) look.ask(true);
  };
  const inOrder = (): void => {
    if (mayReview && look.subject !== undefined) sayInOrder(acts, look.subject);
  };
  const out = (): void => exportRecord(view, "json");
  return useDeskKeys({
    keys: () => ({ e: out, w: why, y: inOrder, "[": step(-1), "]": step(1) }),
    commands: [
      command("order", "In order", "Y", inOrder),
      command("why", "Ask why", "W", why),
      command("export", "Export with proof", "E", out),
      command("table", "Export table", undefined, () => exportRecord(view, "csv")),
    ],
    groups: KEYS,
    theme: desk.onTheme,
    escape: look.asking ? () => look.ask(false) : undefined,
  });
}
