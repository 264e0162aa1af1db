import type { IncidentSummary, IncidentView } from "@outrider/contract";
import { type ReactNode, type RefObject, useState } from "react";
import { agoSpan, clockSpan, Key, Notice, Timeline, type Units, wordedText } from "../../parts/index.js";
import type { CityModel } from "../../world/index.js";
import { PlaceForm } from "../placing/PlaceForm.js";
import type { PlacingDeeds } from "../placing/usePlacing.js";
import { otherIncidents } from "./otherIncidents.js";
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
  readonly placing: PlacingDeeds;
  readonly mayPlace: boolean;
  readonly units: Units;
  readonly city: CityModel | undefined;
  readonly onLook: (at: { readonly latDeg: number; readonly lonDeg: number }) => void;
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
  const { shown, moreOpen } = otherIncidents(props.incidents, props.chosenId);
  if (shown.length === 0) return null;
  return (
    <ul className="incident-tabs" aria-label="Other incidents">
      {shown.map((i) => (
        <li key={i.incidentId} className={i.closed ? "closed" : ""}>
          <button type="button" onClick={() => props.onChoose(i.incidentId)}>
            <b>{i.title}</b>
            <span>{i.closed ? "closed" : agoSpan(props.nowMs - i.openedMs)}</span>
            {i.needsPlace === undefined || i.closed ? (
              <span>{i.place.label}</span>
            ) : (
              <span className="amber">Needs a place: {i.needsPlace}</span>
            )}
          </button>
        </li>
      ))}
      {moreOpen > 0 && <li className="empty">and {moreOpen} more open</li>}
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
        {incident.needsPlace === undefined && <p>{incident.place.label}</p>}
      </div>
      {incident.needsPlace !== undefined && !incident.closed && (
        <PlaceForm {...props} of={{ ...incident, needsPlace: incident.needsPlace }} onStart={() => undefined} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="incident-facts" aria-label="Facts" tabIndex={0}>
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
        <p className="incident-clock">{clockWords(incident, props.units)}</p>
        <NoteForm {...props} />
      </div>
    </>
  );
}

/** Alert to camera, or what is still missing on the way there. */
function clockWords(incident: IncidentView, units: Units): ReactNode {
  const { clock, notPossible } = incident;
  if (clock.cameraOnTargetMs !== undefined)
    return (
      <>
        Alert to camera <b>{clockSpan((clock.cameraOnTargetMs - clock.alertMs) / 1000)}</b>
      </>
    );
  const stand = proposalStand(incident.timeline.map((t) => t.type));
  const flies = stand === "flying" || stand === "turned";
  const why = !flies && incident.needsPlace === undefined ? notPossible?.[0] : undefined;
  if (why !== undefined)
    return <span className="amber">{`No aircraft: ${wordedText(why, units).replace(/\.$/, "")}. ${why.doThis}`}</span>;
  return PROPOSAL_WORDS[stand];
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
