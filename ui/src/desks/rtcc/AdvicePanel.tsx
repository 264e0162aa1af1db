import type { AdviceView, IncidentView } from "@outrider/contract";
import { type ReactNode, useEffect, useState } from "react";
import { useRead } from "../../live/index.js";
import { agoSpan, listText, ObservationCard, type ObservationView } from "../../parts/index.js";
import { draftAnswer } from "./readAnswers.js";
import type { Acts } from "./useActs.js";

const UNREAD_MS = 30_000;

/** Told to a unit that has not read it for half a minute: somebody must use the radio. */
export function adviceUnread(advice: AdviceView, nowMs: number): boolean {
  if (advice.withdrawn !== undefined || nowMs - advice.sentMs < UNREAD_MS) return false;
  return advice.units.some((unit) => !advice.readBy.some((r) => r.unit === unit));
}

/** A told sentence as the card shows it: who has read it, who must be called. */
export function adviceView(advice: AdviceView, nowMs: number): ObservationView {
  const withdrawn = advice.withdrawn !== undefined;
  return {
    id: advice.adviceId,
    sentence: advice.text,
    source: `Sent by ${advice.by}${advice.plateConfirmed ? "" : ". Plate not confirmed."}`,
    unitsText: `${advice.units.length} ${advice.units.length === 1 ? "unit" : "units"}`,
    units: advice.units.map((unit) => {
      const read = advice.readBy.find((r) => r.unit === unit);
      if (read !== undefined)
        return { unit, text: "", state: "read" as const, age: `${agoSpan(nowMs - read.tMs)} ago` };
      const age = nowMs - advice.sentMs;
      if (withdrawn || age < UNREAD_MS) return { unit, text: "", state: "sent" as const, age: `${agoSpan(age)} ago` };
      return { unit, text: "", state: "unread" as const, age: `after ${agoSpan(age)}` };
    }),
    state: withdrawn ? "withdrawn" : "sent",
    withdrawnWhy: advice.withdrawn ?? "",
    blocked: "",
  };
}

/** Units out of what a person typed: "3a12, 3A21" gives both, once each. */
export function unitsOf(typed: string): readonly string[] {
  const units = typed
    .split(/[\s,;]+/)
    .map((u) => u.trim().toUpperCase())
    .filter((u) => u !== "");
  return [...new Set(units)].slice(0, 10);
}

/** What stops a sentence from being sent; empty when nothing does. */
export function adviceProblem(text: string, units: readonly string[]): string {
  if (text.trim() === "") return "Write what they should know.";
  if (text.length > 300) return `Too long for the radio: ${text.length} of 300 letters.`;
  return units.length === 0 ? "Name at least one unit." : "";
}

export interface AdviceDraft {
  readonly text: string;
  readonly units: readonly string[];
}

/** Draft, and below it what officers were told before. */
export function AdvicePanel({
  incident,
  seq,
  nowMs,
  acts,
  onDraft,
}: {
  readonly incident: IncidentView;
  /** A new draft is fetched when the incident moved on. */
  readonly seq: number;
  readonly nowMs: number;
  readonly acts: Acts;
  readonly onDraft: (draft: AdviceDraft | undefined) => void;
}): ReactNode {
  const draft = useDraft(incident, seq);
  const problem = adviceProblem(draft.text, draft.units);
  const refused = acts.problem("advise");
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells the desk's Enter key what would be sent.
  useEffect(
    () => onDraft(problem === "" ? { text: draft.text, units: draft.units } : undefined),
    [draft.text, draft.typed, problem],
  );
  const send = (): void =>
    acts.send(
      "advise",
      "advise",
      { incidentId: incident.incidentId },
      { text: draft.text.trim(), units: [...draft.units] },
      draft.sent,
    );
  const told = [...incident.advice].sort((a, b) => b.sentMs - a.sentMs);
  return (
    <>
      <ObservationCard
        view={{
          id: "draft",
          sentence: draft.text,
          source: draft.source,
          unitsText: draft.units.length === 0 ? "no unit yet" : listText(draft.units),
          units: draft.units.map((unit) => ({ unit, text: "", state: "sent" as const, age: "" })),
          state: "draft",
          withdrawnWhy: "",
          blocked: refused === "" ? (draft.touched ? problem : "") : refused,
        }}
        onSend={() => (problem === "" ? send() : draft.touch())}
        editor={<DraftFields draft={draft} />}
      />
      {told.slice(0, 3).map((a) => (
        <Told key={a.adviceId} advice={a} nowMs={nowMs} acts={acts} />
      ))}
      {told.length > 3 && <p className="empty">and {told.length - 3} earlier, in the facts on the left</p>}
    </>
  );
}

function DraftFields({ draft }: { readonly draft: Draft }): ReactNode {
  return (
    <>
      <textarea
        className="field draft"
        aria-label="What the officers are told"
        rows={3}
        maxLength={400}
        value={draft.text}
        placeholder={draft.waiting ? "Waiting for the draft. Usual: under 1 s." : "One sentence fit for the radio"}
        onChange={(e) => draft.write(e.target.value)}
      />
      <input
        className="field"
        aria-label="Units, for example 3A12 3A21"
        placeholder="Units, for example 3A12 3A21"
        value={draft.typed}
        onChange={(e) => draft.address(e.target.value)}
      />
      {draft.newer && (
        <button type="button" className="more" onClick={draft.takeNewer}>
          More is known since: write it anew
        </button>
      )}
    </>
  );
}

interface Draft {
  readonly text: string;
  readonly typed: string;
  readonly units: readonly string[];
  readonly source: string;
  readonly waiting: boolean;
  readonly touched: boolean;
  readonly newer: boolean;
  write(text: string): void;
  address(units: string): void;
  touch(): void;
  takeNewer(): void;
  sent(): void;
}

/** The station's sentence until a person changes it; after that theirs stays, and a newer one is only offered. */
function useDraft(incident: IncidentView, seq: number): Draft {
  const read = useRead(`/incidents/${encodeURIComponent(incident.incidentId)}/advice-draft?seq=${seq}`);
  const fresh = draftAnswer(read.body);
  const [own, setOwn] = useState<string>();
  const [kept, setKept] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (fresh !== undefined) setKept(fresh.text);
  }, [fresh]);
  const known = incident.officerLinks.map((l) => l.unit);
  const units = typed ?? (fresh?.units.length ? fresh.units : [...new Set(known)]).join(" ");
  return {
    text: own ?? kept ?? incident.sentence,
    typed: units,
    units: unitsOf(units),
    source: fresh === undefined || fresh.source === "" ? "Say only what was seen or confirmed." : fresh.source,
    waiting: read.waiting && kept === undefined,
    touched,
    newer: own !== undefined && kept !== undefined && own !== kept,
    write: (text) => {
      setOwn(text);
      setTouched(true);
    },
    address: (text) => {
      setTyped(text);
      setTouched(true);
    },
    touch: () => setTouched(true),
    takeNewer: () => setOwn(undefined),
    sent: () => {
      setOwn(undefined);
      setTouched(false);
    },
  };
}

function Told({
  advice,
  nowMs,
  acts,
}: {
  readonly advice: AdviceView;
  readonly nowMs: number;
  readonly acts: Acts;
}): ReactNode {
  const [why, setWhy] = useState<string>();
  const view = adviceView(advice, nowMs);
  const key = `withdraw:${advice.adviceId}`;
  return (
    <section className="told" aria-label="Told before">
      <p>{view.state === "withdrawn" ? <s>{view.sentence}</s> : view.sentence}</p>
      <ul className="told-units">
        {view.units.map((u) => (
          <li key={u.unit}>
            <b>{u.unit}</b>
            <span className={u.state === "read" ? "green" : u.state === "unread" ? "amber" : ""}>
              {u.state === "unread" ? `not read ${u.age}: call ${u.unit} by radio` : `${u.state} ${u.age}`}
            </span>
          </li>
        ))}
      </ul>
      {view.state === "withdrawn" && <p className="told-why">Withdrawn: {view.withdrawnWhy}</p>}
      {view.state === "sent" && why === undefined && (
        <button type="button" className="more" onClick={() => setWhy("")}>
          Withdraw
        </button>
      )}
      {why !== undefined && view.state === "sent" && (
        <form
          className="line-form"
          onSubmit={(e) => {
            e.preventDefault();
            if (why.trim() !== "") acts.send(key, "withdrawAdvice", { adviceId: advice.adviceId }, { why: why.trim() });
          }}
        >
          <input
            className="field"
            aria-label="Why it is withdrawn"
            placeholder="Why it is not so"
            value={why}
            onChange={(e) => setWhy(e.target.value)}
          />
          <button type="submit" className="btn">
            Withdraw
          </button>
        </form>
      )}
      {acts.problem(key) !== "" && <p className="amber">{acts.problem(key)}</p>}
    </section>
  );
}
