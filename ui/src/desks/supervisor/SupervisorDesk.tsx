import type { DecisionView, RoomViews, SearchView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { API, useLive, useRead, useRoomState, useTick } from "../../live/index.js";
import {
  AlarmBar,
  CommandPalette,
  clockSpan,
  Drawer,
  Key,
  KeyMap,
  Notice,
  Octagon,
  Tick,
  TopBar,
  Triangle,
  timeOfDay,
  useHotkeys,
} from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { DecisionCard } from "./DecisionCard.js";
import { decisionMark, decisionWord, verifyWords } from "./decisions.js";
import { ResponseTimes } from "./ResponseTimes.js";
import { SearchesCard } from "./SearchesCard.js";
import "../deskFrame.css";
import "./supervisor.css";

type View = RoomViews["supervisor"];
const FILTERS = [
  { id: "all", title: "All", has: () => true },
  {
    id: "flown",
    title: "Launched",
    has: (d: DecisionView) => d.decision === "launched" || d.decision === "vetoElapsed",
  },
  {
    id: "not",
    title: "Not launched",
    has: (d: DecisionView) => d.decision !== "launched" && d.decision !== "vetoElapsed" && d.decision !== "proposed",
  },
] as const;
const FEW = 60;

/** The supervisor's page: how long it takes, every decision with its reason, and proof of each. */
export function SupervisorDesk(props: DeskProps): ReactNode {
  const live = useLive();
  useTick(1);
  const room = useRoomState("supervisor");
  const view = room?.view as View | undefined; // The room's name fixes its view.
  const refused = live.refusal("supervisor");
  const [chosenSeq, choose] = useState<number>();
  const [search, setSearch] = useState<SearchView>();
  const nowMs = live.nowMs() ?? 0;
  const decision = view?.decisions.find((d) => d.seq === chosenSeq) ?? view?.decisions[0];
  const overlay = useKeys(props, view, search, decision, choose);
  const dead = live.deadForS();
  return (
    <div className={`desk supervisor${dead === undefined ? "" : " server-gone"}`}>
      <Top desk={props} nowMs={nowMs} />
      <main className="supervisor-grid">
        <div className="supervisor-main">
          {refused !== undefined && <Notice title="Not yours to see" text={refused} tone="caution" />}
          {view === undefined && refused === undefined && (
            <Notice title="Waiting for the record" text="Usual: under 1 s." />
          )}
          {view !== undefined && (
            <>
              <Figures view={view} />
              <Decisions view={view} chosen={decision} onChoose={choose} />
            </>
          )}
        </div>
        <Drawer title="Decision" wakes="">
          <div className="supervisor-side">
            {view !== undefined && decision !== undefined && (
              <DecisionCard key={decision.seq} decision={decision} record={view.record} />
            )}
            {view !== undefined && (
              <SearchesCard searches={view.searches} nowMs={nowMs} chosen={search} onChoose={setSearch} />
            )}
          </div>
        </Drawer>
      </main>
      {overlay.shown === "palette" && <CommandPalette commands={overlay.commands} onClose={overlay.close} />}
      {overlay.shown === "keyMap" && <KeyMap groups={KEYS} onClose={overlay.close} />}
    </div>
  );
}

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
  const came = view.responseTimes.filter((r) => r.seconds !== undefined).length;
  const none = view.responseTimes.length - came;
  const rate = view.alarmsPer10Min;
  return (
    <section className="figures" aria-label="Response times">
      <div>
        <p className="figures-title">Alert to camera on target</p>
        <p className="figures-median">
          <b>{view.medianS === undefined ? "–" : clockSpan(view.medianS)}</b>{" "}
          {came === 0 ? "nothing measured yet" : `median of ${came}`}
        </p>
        <dl>
          <dt>9 in 10 within</dt>
          <dd>{view.p90S === undefined ? "–" : clockSpan(view.p90S)}</dd>
          <dt>Did not arrive</dt>
          <dd>{`${none} more`}</dd>
          <dt>Alarms in 10 min, a desk</dt>
          <dd className={rate > 10 ? "amber" : ""}>{rate > 10 ? `${rate}: a flood` : rate}</dd>
        </dl>
        {none > 0 && <p className="card-note">{`The ${none} are not in the median. They are in the count.`}</p>}
      </div>
      <ResponseTimes view={view} />
    </section>
  );
}

function Decisions({
  view,
  chosen,
  onChoose,
}: {
  readonly view: View;
  readonly chosen: DecisionView | undefined;
  readonly onChoose: (seq: number) => void;
}): ReactNode {
  const [filter, setFilter] = useState<(typeof FILTERS)[number]["id"]>("all");
  const [most, setMost] = useState(FEW);
  const has = FILTERS.find((f) => f.id === filter)?.has ?? (() => true);
  const rows = view.decisions.filter(has);
  return (
    <section aria-label="Every decision">
      <div className="decisions-head">
        <h2>Every decision</h2>
        <span>{`${view.decisions.length}, each with its reason`}</span>
        <span className="grow" />
        <div className="filter" role="radiogroup" aria-label="Which decisions">
          {FILTERS.map((f) => (
            // biome-ignore lint/a11y/useSemanticElements: a row of buttons that act as one choice.
            <button
              type="button"
              role="radio"
              aria-checked={f.id === filter}
              key={f.id}
              className={f.id === filter ? "on" : ""}
              onClick={() => setFilter(f.id)}
            >
              {f.title}
            </button>
          ))}
        </div>
        <button type="button" className="btn quiet" onClick={() => exportRecord(view)}>
          Export with proof <Key>E</Key>
        </button>
      </div>
      {rows.length === 0 ? (
        <p className="empty">No decision yet. Each proposal will be listed here with who decided, and why.</p>
      ) : (
        <table>
          <thead>
            <tr>
              {["Time", "Call", "What and where", "Decision", "By", "Reason"].map((h) => (
                <th key={h} scope="col">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((d) => (
              <Row key={d.seq} d={d} on={d.seq === chosen?.seq} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
      )}
      {rows.length > most && (
        <button type="button" className="more" onClick={() => setMost((n) => n + FEW)}>
          {`${rows.length - most} earlier`}
        </button>
      )}
    </section>
  );
}

function Row({
  d,
  on,
  onChoose,
}: {
  readonly d: DecisionView;
  readonly on: boolean;
  readonly onChoose: (seq: number) => void;
}): ReactNode {
  const mark = decisionMark(d.decision);
  return (
    <tr className={on ? "on" : ""} onClick={() => onChoose(d.seq)}>
      <td>
        <button type="button" aria-pressed={on} onClick={() => onChoose(d.seq)}>
          {timeOfDay(d.tMs)}
        </button>
      </td>
      <td>{d.number}</td>
      <td className="strong">{d.title}</td>
      <td className="word">
        {mark === "octagon" && <Octagon size={14} />}
        {mark === "triangle" && (
          <span className="amber">
            <Triangle size={14} />
          </span>
        )}{" "}
        {decisionWord(d.decision)}
      </td>
      <td>{d.by}</td>
      <td>{d.why}</td>
    </tr>
  );
}

/** The export is a fact of its own, made by the station before the file is sent. */
function exportRecord(view: View | undefined): void {
  if (view === undefined || view.record.seq === 0) return;
  const oldest = view.decisions.at(-1)?.seq ?? 1;
  window.open(`${API}/records/export?from=${Math.max(1, oldest)}&to=${view.record.seq}`, "_blank", "noopener");
}

const KEYS = [
  {
    title: "This page",
    keys: [
      { key: "E", text: "Export with proof" },
      { key: "W", text: "Copy the question about the search" },
      { key: "[ ]", text: "Decision before, after" },
    ],
  },
  {
    title: "Everywhere",
    keys: [
      { key: "T", text: "Theme" },
      { key: "Ctrl K", text: "Every command" },
      { key: "?", text: "This list" },
    ],
  },
] as const;

function useKeys(
  desk: DeskProps,
  view: View | undefined,
  search: SearchView | undefined,
  decision: DecisionView | undefined,
  choose: (seq: number) => void,
) {
  const [shown, show] = useState<"palette" | "keyMap">();
  const step = (by: number): void => {
    const at = view?.decisions.findIndex((d) => d.seq === decision?.seq) ?? -1;
    const next = view?.decisions[at + by];
    if (next !== undefined) choose(next.seq);
  };
  const why = (): void => {
    if (search === undefined) return;
    void navigator.clipboard?.writeText(
      `Search ${search.seq}, case ${search.caseNumber}, ${timeOfDay(search.tMs)}: what was it for?`,
    );
  };
  const out = (): void => exportRecord(view);
  useHotkeys({
    e: out,
    w: why,
    "[": () => step(-1),
    "]": () => step(1),
    t: desk.onTheme,
    "Ctrl+k": () => show("palette"),
    "?": () => show("keyMap"),
    ...(shown === undefined ? {} : { Escape: () => show(undefined) }),
  });
  const commands = [
    { id: "export", text: "Export with proof", key: "E", held: false, run: out },
    { id: "why", text: "Ask why: copy the question about the search", key: "W", held: false, run: why },
    { id: "theme", text: "Change the theme", key: "T", held: false, run: desk.onTheme },
  ];
  return { shown, commands, close: () => show(undefined) };
}
