import type { LaunchView, RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { useRoom } from "../../live/index.js";
import { agoSpan, clockSpan, Octagon, Triangle, type Units, wordedText } from "../../parts/index.js";
import { openCards, openWords, othersOf, stripWords, type Trainee, traineesOf } from "./trainees.js";

/** The trainee's screen, small: the same live rooms that fill his own, so that it shows what he has before him. */
export function TraineePanel({
  fleet,
  nowMs,
  screens,
  incidents,
  selfId,
  units,
}: {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly nowMs: number;
  /** What everybody has open now. */
  readonly screens: RoomViews["trainer"]["screens"];
  readonly incidents: RoomViews["incidents"]["incidents"];
  /** Whose desk this is: his own pages are no trainee's. */
  readonly selfId: string | undefined;
  readonly units: Units;
}): ReactNode {
  const [chosen, choose] = useState<string>();
  const everybody = useRoom("pilot:nobody");
  const trainees = traineesOf(everybody?.pilotsOnWatch, fleet?.aircraft ?? []);
  const trainee = trainees.find((t) => t.personId === chosen) ?? trainees[0];
  const pilot = useRoom(`pilot:${trainee?.personId ?? "nobody"}`);
  return (
    <section className="trainee-panel" aria-label="What the trainee sees">
      <div className="trainee-head">
        <h2>What the trainee sees</h2>
        <WhichTrainee trainees={trainees} trainee={trainee} onChoose={choose} />
      </div>
      {trainee === undefined ? (
        <p className="empty">Nobody is on watch. A trainee’s screen appears here when he starts his watch.</p>
      ) : (
        <div className="mini">
          <MiniAlarms alarms={fleet?.alarms ?? []} nowMs={nowMs} />
          <ul className="mini-strips">
            {stripWords(fleet?.aircraft ?? [], trainee.personId).map((s) => (
              <li key={s.uid} className={s.tone}>
                <b>{s.callSign}</b>
                <span>{s.text}</span>
              </li>
            ))}
          </ul>
          <MiniCard cards={openCards(pilot?.launches ?? [])} nowMs={nowMs} units={units} />
          <p className="mini-open">{openWords(screens, trainee.personId, incidents, fleet?.aircraft ?? [])}</p>
          <p className="mini-work">{pilot?.collision || pilot?.workload.text || "Waiting for his screen"}</p>
        </div>
      )}
      <ul className="mini-others">
        {othersOf(screens, [selfId, ...trainees.map((t) => t.personId)]).map((o) => (
          <li key={o.personId}>
            <b>{`${o.name}: `}</b>
            {openWords(screens, o.personId, incidents, fleet?.aircraft ?? [])}
          </li>
        ))}
      </ul>
    </section>
  );
}

function WhichTrainee(p: {
  readonly trainees: readonly Trainee[];
  readonly trainee: Trainee | undefined;
  readonly onChoose: (personId: string) => void;
}): ReactNode {
  if (p.trainees.length < 2) return <span>{p.trainee?.name ?? "nobody on watch"}</span>;
  return (
    <select aria-label="Trainee" value={p.trainee?.personId} onChange={(e) => p.onChoose(e.target.value)}>
      {p.trainees.map((t) => (
        <option key={t.personId} value={t.personId}>
          {t.name}
        </option>
      ))}
    </select>
  );
}

/** Unread first: what he has not answered is what a trainer waits for. */
function MiniAlarms(p: { readonly alarms: RoomViews["fleet"]["alarms"]; readonly nowMs: number }): ReactNode {
  const open = p.alarms
    .filter((a) => a.endedMs === undefined)
    .sort((a, b) => Number(a.acknowledgedBy !== undefined) - Number(b.acknowledgedBy !== undefined));
  const [first] = open;
  if (first === undefined) return <p className="mini-alarm calm">No alarm</p>;
  const unread = first.acknowledgedBy === undefined;
  return (
    <p className={`mini-alarm ${first.level} ${unread ? "unread" : "read"}`} title={first.text}>
      {first.level === "warning" ? <Octagon size={14} /> : <Triangle size={14} />}
      <span>{first.text}</span>
      <span>{unread ? `unread ${agoSpan(p.nowMs - first.sinceMs)}` : "read"}</span>
      {open.length > 1 && <span>{`+${open.length - 1}`}</span>}
    </p>
  );
}

/** The panel keeps its height: what follows it must not jump under the trainer's hand. */
const MOST_GATES = 1;

function MiniCard(p: {
  readonly cards: readonly LaunchView[];
  readonly nowMs: number;
  readonly units: Units;
}): ReactNode {
  const [card] = p.cards;
  if (card === undefined) return <p className="mini-card none">Nothing to decide</p>;
  const bad = card.gates.filter((g) => g.state === "block" || g.state === "unknown" || g.state === "caution");
  const byItself = card.policy.kind === "veto";
  return (
    <div className={byItself ? "mini-card veto" : "mini-card"}>
      <b>{clockSpan((card.expiresAtMs - p.nowMs) / 1000)}</b>
      <span>{`${card.choice.callSign} to ${card.incidentTitle}`}</span>
      <span>{byItself ? "launches by itself" : "needs his hold"}</span>
      {bad.slice(0, MOST_GATES).map((g) => (
        <span key={g.gate} className="amber">
          {wordedText(g, p.units)}
        </span>
      ))}
      {p.cards.length > 1 && <span>{`and ${p.cards.length - 1} more`}</span>}
    </div>
  );
}
