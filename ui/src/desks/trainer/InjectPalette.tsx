import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { clockSpan, Key } from "../../parts/index.js";
import { type Aim, INJECT_KEYS, type InjectId, type Prepared, prepareInject } from "./injects.js";

export interface InjectPaletteProps {
  readonly aim: Aim;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly on: boolean;
  readonly problem: string;
  readonly onAim: (aim: { readonly uid?: string; readonly dockId?: string }) => void;
  readonly onInject: (prepared: Extract<Prepared, { kind: "ready" }>) => void;
  readonly onPlan: (kind: InjectId, inS: number) => void;
}

/** Type of what is dragged: only our own injects are let go over the timeline and the map. */
export const INJECT_DRAG = "application/x-outrider-inject";
/** Now, or later: what dragging onto the timeline does, for hands that do not drag. */
const WAITS_S: readonly number[] = [0, 30, 60, 180];

/** What can go wrong, each on a key, each naming what it acts on; dragged, it waits on the timeline or takes what is under it. */
export function InjectPalette(p: InjectPaletteProps): ReactNode {
  const [waitS, setWait] = useState(0);
  return (
    <section className="inject" aria-label="Inject">
      <InjectHead {...p} />
      <fieldset className="inject-when">
        <legend className="sr-only">When an inject is made</legend>
        {WAITS_S.map((s) => (
          <button type="button" key={s} aria-pressed={s === waitS} onClick={() => setWait(s)}>
            {s === 0 ? "Now" : `in ${clockSpan(s)}`}
          </button>
        ))}
        <span>or drag it</span>
      </fieldset>
      <div className="inject-keys">
        {INJECT_KEYS.map((k) => {
          const prepared = prepareInject(k.kind, p.aim);
          const off = !p.on || prepared.kind === "off";
          return (
            <button
              type="button"
              key={k.kind}
              className="btn inject-key"
              disabled={off}
              draggable={!off}
              onDragStart={(e) => {
                e.dataTransfer.setData(INJECT_DRAG, k.kind);
                e.dataTransfer.effectAllowed = "copy";
              }}
              onClick={() => {
                if (waitS > 0) p.onPlan(k.kind, waitS);
                else if (prepared.kind === "ready") p.onInject(prepared);
              }}
            >
              <span>{k.title}</span>
              <span>{prepared.kind === "off" ? prepared.why : p.on ? prepared.text : "no run"}</span>
              <Key>{k.key}</Key>
            </button>
          );
        })}
      </div>
      {p.problem !== "" && (
        <p className="amber problem" role="alert">
          {p.problem}
        </p>
      )}
    </section>
  );
}

function InjectHead({ aim, fleet, onAim }: InjectPaletteProps): ReactNode {
  return (
    <div className="panel-head">
      <h2>Inject</h2>
      <span>into</span>
      <select aria-label="Aircraft" value={aim.aircraft?.uid ?? ""} onChange={(e) => onAim({ uid: e.target.value })}>
        {aim.aircraft === undefined && <option value="">no aircraft</option>}
        {(fleet?.aircraft ?? []).map((a) => (
          <option key={a.uid} value={a.uid}>
            {a.callSign}
          </option>
        ))}
      </select>
      <select aria-label="Dock" value={aim.dock?.dockId ?? ""} onChange={(e) => onAim({ dockId: e.target.value })}>
        {aim.dock === undefined && <option value="">no dock</option>}
        {(fleet?.docks ?? []).map((d) => (
          <option key={d.dockId} value={d.dockId}>
            {d.name}
          </option>
        ))}
      </select>
    </div>
  );
}
