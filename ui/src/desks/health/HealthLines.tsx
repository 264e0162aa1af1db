import type { AircraftView, RoomViews } from "@outrider/contract";
import { type ReactNode, useRef } from "react";
import { useLive } from "../../live/index.js";
import { Octagon, Tick, Triangle } from "../../parts/index.js";
import { type HealthLine, healthLines, signingWords } from "./healthLines.js";
import { type Standing, standing, standingWords } from "./standing.js";
import "./health.css";

interface HealthProps {
  readonly health: RoomViews["health"] | undefined;
  readonly aircraft: readonly AircraftView[];
  /** Parts that stand elsewhere on the desk. */
  readonly but?: readonly string[];
}

/** What stops this desk from doing what it is for: before all else, and without a heading. */
export function HealthWarnings({ health, aircraft, but = [] }: HealthProps): ReactNode {
  const lines = healthLines(health, aircraft).filter((line) => line.tone === "warning" && !but.includes(line.id));
  const since = useStanding(health !== undefined, lines);
  return lines.length === 0 ? null : (
    <div className="health first" role="alert">
      <Lines lines={lines} since={since} />
    </div>
  );
}

/** The rest of it: nothing at all while all is well. */
export function HealthLines({ health, aircraft, but = [] }: HealthProps): ReactNode {
  const lines = healthLines(health, aircraft).filter((line) => line.tone !== "warning" && !but.includes(line.id));
  return <LinesSection title="System and links" known={health !== undefined} lines={lines} />;
}

/** Lines under a heading of their own; nothing at all where there are none. */
export function LinesSection({
  title,
  known,
  lines,
  most,
}: {
  readonly title: string;
  /** Whether the station has told of itself yet: from then on it is counted how long a line stands. */
  readonly known: boolean;
  readonly lines: readonly HealthLine[];
  /** So many at the most, in a place of its own that scrolls; the rest is counted. */
  readonly most?: number;
}): ReactNode {
  const since = useStanding(known, lines);
  if (lines.length === 0) return null;
  return (
    <section className="health" aria-label={title} tabIndex={most === undefined ? undefined : 0}>
      <div className="panel-head">
        <h2>{title}</h2>
        {most !== undefined && lines.length > most && <span>{`worst ${most} of ${lines.length}`}</span>}
      </div>
      <Lines lines={lines.slice(0, most)} since={since} />
    </section>
  );
}

/** The same for whoever oversees it: also what is well, and what signatures hold. */
export function HealthCard({ health, aircraft }: HealthProps): ReactNode {
  const lines = healthLines(health, aircraft);
  const since = useStanding(health !== undefined, lines);
  if (health === undefined) return null;
  const well = health.parts.filter((one) => one.state === "ok" && one.name !== "signing");
  return (
    <section className="health card-health" aria-label="System and links">
      <div className="proof-head">
        <h3>System and links</h3>
        <span>{`${well.length} of ${health.parts.filter((one) => one.name !== "signing").length} in order`}</span>
      </div>
      <Lines lines={lines} since={since} />
      <ul>
        {well.map((one) => (
          <li key={one.name} className="well">
            <Tick /> <span>{one.text}</span>
          </li>
        ))}
      </ul>
      <p className="card-note">{signingWords(health.signing)}</p>
    </section>
  );
}

/** Since when each line stands, as far as this page has seen it. */
function useStanding(told: boolean, lines: readonly HealthLine[]): (line: HealthLine) => string {
  const nowMs = useLive().nowMs() ?? 0;
  const known = useRef<ReadonlyMap<string, Standing>>(undefined);
  if (told && nowMs > 0)
    known.current = standing(
      known.current,
      lines.map((line) => line.id),
      nowMs,
    );
  return ({ id, tone, sinceMs }) => {
    const one = sinceMs === undefined ? known.current?.get(id) : { sinceMs, before: false };
    return one === undefined || tone === "told" ? "" : `${standingWords(one, nowMs)}. `;
  };
}

interface LinesProps {
  readonly lines: readonly HealthLine[];
  readonly since: (line: HealthLine) => string;
}

function Lines({ lines, since }: LinesProps): ReactNode {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line.id} className={line.tone}>
          {line.tone === "warning" ? <Octagon size={15} /> : line.tone === "caution" ? <Triangle size={15} /> : <i />}
          <span>
            {line.text} <small aria-hidden="true">{since(line)}</small>
            {line.doThis !== "" && <span className="health-do">{line.doThis}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
