import type { IncidentSummary, IncidentView } from "@outrider/contract";
import { type ReactNode, type RefObject, useState } from "react";
import { agoSpan, clockSpan, Key, Notice, Timeline } from "../../parts/index.js";
import { PROPOSAL_WORDS, proposalStand } from "./proposalStand.js";
import type { Acts } from "./useActs.js";

export interface IncidentPanelProps {
  readonly incidents: readonly IncidentSummary[] | undefined;
  readonly chosenId: string | undefined;
  readonly incident: IncidentView | undefined;
  readonly refused: string | undefined;
  readonly nowMs: number;
  readonly awaySinceMs: number | undefined;
  readonly acts: Acts;
  readonly noteField: RefObject<HTMLInputElement | null>;
  readonly onChoose: (incidentId: string) => void;
}

/** Left: which incident, and everything that is known of it in the order it became known. */
export function IncidentPanel(props: IncidentPanelProps): ReactNode {
  const { incidents, incident } = props;
  if (incidents === undefined) return <Notice title="Waiting for the incidents" text="Usual: under 1 s." />;
  if (incidents.length === 0)
    return <Notice title="No open incident" text="The next call or alert will appear here and open by itself." />;
  return (
    <>
      <IncidentTabs {...props} incidents={incidents} />
      {props.refused !== undefined && <Notice title="Not yours to see" text={props.refused} tone="caution" />}
      {incident === undefined && props.refused === undefined && (
        <Notice title="Waiting for this incident" text="Usual: under 1 s." />
      )}
      {incident !== undefined && <Facts {...props} incident={incident} />}
    </>
  );
}

function IncidentTabs(props: IncidentPanelProps & { readonly incidents: readonly IncidentSummary[] }): ReactNode {
  const others = props.incidents.filter((i) => i.incidentId !== props.chosenId);
  if (others.length === 0) return null;
  return (
    <ul className="incident-tabs" aria-label="Other incidents">
      {others.slice(0, 5).map((i) => (
        <li key={i.incidentId}>
          <button type="button" onClick={() => props.onChoose(i.incidentId)}>
            <b>{i.title}</b>
            <span>{i.closed ? "closed" : agoSpan(props.nowMs - i.openedMs)}</span>
            <span>{i.place.label}</span>
          </button>
        </li>
      ))}
      {others.length > 5 && <li className="empty">and {others.length - 5} more</li>}
    </ul>
  );
}

function Facts(props: IncidentPanelProps & { readonly incident: IncidentView }): ReactNode {
  const { incident, nowMs } = props;
  return (
    <>
      <div className="incident-head">
        <h2>{incident.title}</h2>
        <span>{incident.closed ? "closed" : `open ${agoSpan(nowMs - incident.openedMs)}`}</span>
        <p>{incident.place.label}</p>
      </div>
      <section className="incident-facts" aria-label="Facts">
        <Timeline
          items={incident.timeline.map((t) => ({ id: String(t.seq), ...t }))}
          awaySinceMs={props.awaySinceMs}
          empty="Nothing has been seen or said yet."
        />
      </section>
      <div className="incident-foot">
        {incident.sentence !== "" && (
          <p className="radio">
            <span>For the radio</span>
            {incident.sentence}
          </p>
        )}
        <p className="incident-clock">{clockWords(incident)}</p>
        <NoteForm {...props} />
      </div>
    </>
  );
}

/** Alert to camera, or what is still missing on the way there. */
function clockWords(incident: IncidentView): ReactNode {
  const { clock, notPossible } = incident;
  if (clock.cameraOnTargetMs !== undefined)
    return (
      <>
        Alert to camera <b>{clockSpan((clock.cameraOnTargetMs - clock.alertMs) / 1000)}</b>
      </>
    );
  if (clock.liftOffMs !== undefined) return "An aircraft is on its way";
  const why = notPossible?.[0];
  if (why !== undefined) return <span className="amber">{`No aircraft: ${why.text}. ${why.doThis}`}</span>;
  return PROPOSAL_WORDS[proposalStand(incident.timeline.map((t) => t.type))];
}

function NoteForm({ incident, acts, noteField }: IncidentPanelProps & { readonly incident: IncidentView }): ReactNode {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const { incidentId } = incident;
  const send = (): void => {
    if (text.trim() === "") return;
    acts.send("note", "addNote", { incidentId }, { text: text.trim() }, () => {
      setText("");
      setOpen(false);
    });
  };
  return (
    <form
      className="note-form"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      <input
        ref={noteField}
        className={open ? "field" : "field folded"}
        aria-label="Note"
        placeholder="What is known, in a few words"
        value={text}
        maxLength={1000}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(text !== "")}
        onKeyDown={(e) => {
          if (e.key === "Escape") e.currentTarget.blur();
        }}
        onChange={(e) => setText(e.target.value)}
      />
      <button
        type={open ? "submit" : "button"}
        className="btn"
        disabled={acts.busy("note")}
        onPointerDown={(e) => e.preventDefault()}
        onClick={() => (open ? undefined : noteField.current?.focus())}
      >
        Add a note <Key>/</Key>
      </button>
      {acts.problem("note") !== "" && <p className="amber">{acts.problem("note")}</p>}
    </form>
  );
}
