import type { SceneModel } from "./sceneModel.js";

export interface TwinAircraft {
  readonly uid: string;
  readonly altText: string;
  readonly phase: string;
}

/** The scene in words, for a screen reader: the same things in the same order of importance. */
export function textTwin(model: SceneModel, aircraft: readonly TwinAircraft[]): string {
  const out: string[] = [];
  const flying = model.aircraft.filter((a) => !a.docked);
  const one = (uid: string): string => {
    const a = aircraft.find((t) => t.uid === uid);
    return a === undefined ? "no position" : [a.altText, a.phase].filter((t) => t !== "").join(", ");
  };
  out.push(
    flying.length === 0
      ? "No aircraft in the air."
      : `${flying.length} aircraft: ${flying.map((a) => `${a.callSign}, ${one(a.uid)}`).join("; ")}.`,
  );
  for (const i of model.incidents) {
    const doubt = i.error === undefined ? "" : `, within ${Math.round(i.error.semiMajorM)} metres`;
    out.push(`${i.title}, ${i.detail}${doubt}, ${i.certainty}.`);
  }
  for (const p of model.pins) out.push(`${p.title}, ${p.detail}.`);
  if (model.docks.length > 0) out.push(`Docks: ${model.docks.map((d) => `${d.name} ${d.detail}`).join("; ")}.`);
  const zones = model.zones.filter((z) => z.kind === "privacy").length;
  if (zones > 0) out.push(`${zones} privacy ${zones === 1 ? "zone" : "zones"} in view.`);
  for (const z of model.zones)
    if (z.kind === "restriction" && z.label !== "") out.push(`${z.label}, ${z.detail ?? ""}.`);
  return out.join(" ");
}
