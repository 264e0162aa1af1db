import type { RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { Key } from "../../parts/index.js";
import { type Aim, INJECT_KEYS, type Prepared, prepareInject } from "./injects.js";

export interface InjectPaletteProps {
  readonly aim: Aim;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly on: boolean;
  readonly problem: string;
  readonly onAim: (aim: { readonly uid?: string; readonly dockId?: string }) => void;
  readonly onInject: (prepared: Extract<Prepared, { kind: "ready" }>) => void;
}

/** Ten things that go wrong, each on a key, each naming what it acts on. */
export function InjectPalette(p: InjectPaletteProps): ReactNode {
  const { aim, fleet } = p;
  return (
    <section className="inject" aria-label="Inject">
      <div className="panel-head">
        <h2>Inject</h2>
        <span>now, into</span>
        <select
          aria-label="Aircraft"
          value={aim.aircraft?.uid ?? ""}
          onChange={(e) => p.onAim({ uid: e.target.value })}
        >
          {aim.aircraft === undefined && <option value="">no aircraft</option>}
          {(fleet?.aircraft ?? []).map((a) => (
            <option key={a.uid} value={a.uid}>
              {a.callSign}
            </option>
          ))}
        </select>
        <select aria-label="Dock" value={aim.dock?.dockId ?? ""} onChange={(e) => p.onAim({ dockId: e.target.value })}>
          {aim.dock === undefined && <option value="">no dock</option>}
          {(fleet?.docks ?? []).map((d) => (
            <option key={d.dockId} value={d.dockId}>
              {d.name}
            </option>
          ))}
        </select>
      </div>
      <div className="inject-keys">
        {INJECT_KEYS.map((k) => {
          const prepared = prepareInject(k.kind, aim);
          const off = !p.on || prepared.kind === "off";
          return (
            <button
              type="button"
              key={k.kind}
              className="btn inject-key"
              disabled={off}
              onClick={() => prepared.kind === "ready" && p.onInject(prepared)}
            >
              <span>{k.title}</span>
              <span>{prepared.kind === "off" ? prepared.why : p.on ? prepared.text : "no run"}</span>
              {k.key !== "" && <Key>{k.key}</Key>}
            </button>
          );
        })}
      </div>
      {p.problem !== "" && <p className="amber problem">{p.problem}</p>}
    </section>
  );
}
