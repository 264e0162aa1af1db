import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { clockSpan, Key } from "../../parts/index.js";
import {
  type Aim,
  END_KEY,
  ENDABLE,
  INJECT_GROUPS,
  INJECT_KEYS,
  type InjectGroup,
  type InjectId,
  type InjectKey,
  type Prepared,
  prepareInject,
} from "./injects.js";
import type { AimChange } from "./useTrainer.js";

export interface InjectPaletteProps {
  readonly aim: Aim;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly on: boolean;
  readonly problem: string;
  readonly onAim: (aim: AimChange) => void;
  readonly onInject: (prepared: Extract<Prepared, { kind: "ready" }>) => void;
  /** How long from now injects are made; 0 makes them at once. Keys keep to it as well. */
  readonly waitS: number;
  readonly onWait: (waitS: number) => void;
  readonly onKind: (kind: InjectId) => void;
}

/** Type of what is dragged: only our own injects are let go over the timeline and the map. */
export const INJECT_DRAG = "application/x-outrider-inject";
/** Now, or later: what dragging onto the timeline does, for hands that do not drag. */
const WAITS_S: readonly number[] = [0, 30, 60, 180];

/** What can go wrong, each on a key, each naming what it acts on; dragged, it waits on the timeline or takes what is under it. */
export function InjectPalette(p: InjectPaletteProps): ReactNode {
  const [group, setGroup] = useState<InjectGroup>("Aircraft");
  return (
    <section className="inject" aria-label="Inject">
      <InjectHead {...p} />
      <fieldset className="inject-when">
        <legend className="sr-only">When an inject is made</legend>
        {WAITS_S.map((s) => (
          <button type="button" key={s} aria-pressed={s === p.waitS} onClick={() => p.onWait(s)}>
            {s === 0 ? "Now" : `in ${clockSpan(s)}`}
          </button>
        ))}
        <span>or drag it</span>
      </fieldset>
      <fieldset className="inject-groups">
        <legend className="sr-only">Which injects are shown; every key works</legend>
        {INJECT_GROUPS.map((g) => (
          <button type="button" key={g} aria-pressed={g === group} onClick={() => setGroup(g)}>
            {g}
          </button>
        ))}
      </fieldset>
      <div className="inject-keys">
        {INJECT_KEYS.filter((k) => k.group === group).map((k) => (
          <InjectButton key={k.kind} {...p} of={k} />
        ))}
      </div>
      <EndRow {...p} />
      {p.problem !== "" && (
        <p className="amber problem" role="alert">
          {p.problem}
        </p>
      )}
    </section>
  );
}

function InjectButton(p: InjectPaletteProps & { readonly of: InjectKey }): ReactNode {
  const { of: k } = p;
  const prepared = prepareInject(k.kind, p.aim);
  const off = !p.on || prepared.kind === "off";
  return (
    <button
      type="button"
      className="btn inject-key"
      disabled={off}
      draggable={!off}
      onDragStart={(e) => {
        e.dataTransfer.setData(INJECT_DRAG, k.kind);
        e.dataTransfer.effectAllowed = "copy";
      }}
      onClick={() => p.onKind(k.kind)}
    >
      <span>{k.title}</span>
      <span>{prepared.kind === "off" ? prepared.why : p.on ? prepared.text : "no run"}</span>
      <Key>{k.key}</Key>
    </button>
  );
}

/** Ends what would go on: the last thing made, or what is chosen. */
function EndRow({ aim, on, onAim, onInject }: InjectPaletteProps): ReactNode {
  const prepared = prepareInject("clear", aim);
  return (
    <div className="inject-end">
      <select aria-label="What to end" value={aim.ends ?? ""} onChange={(e) => onAim({ ends: e.target.value })}>
        {aim.ends === undefined && <option value="">what to end</option>}
        {ENDABLE.map((e) => (
          <option key={e.what} value={e.what}>
            {e.title}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="btn"
        disabled={!on || prepared.kind === "off"}
        onClick={() => prepared.kind === "ready" && onInject(prepared)}
      >
        End it <Key>{END_KEY}</Key>
      </button>
    </div>
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
