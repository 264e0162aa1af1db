import type { ComponentType } from "react";
import type { DeskEntry, DeskId, DeskProps } from "./desk.js";

export type { DeskEntry, DeskId, DeskProps } from "./desk.js";

/** Doors of the desks that exist: `src/desks/<id>/index.ts`, each exporting `<Id>Desk`, loaded when first opened. */
const doors = import.meta.glob<Record<string, unknown>>("./*/index.ts");

const KNOWN: readonly Omit<DeskEntry, "load">[] = [
  { id: "pilot", title: "Pilot", roles: ["pic"], path: undefined, theme: "night" },
  { id: "rtcc", title: "Crime center", roles: ["rtcc"], path: undefined, theme: "night" },
  { id: "trainer", title: "Trainer", roles: ["trainer"], path: undefined, theme: "night" },
  { id: "supervisor", title: "Supervisor", roles: ["supervisor", "auditor"], path: undefined, theme: "day" },
  { id: "officer", title: "Officer", roles: ["officer"], path: "/o", theme: "night" },
  { id: "public", title: "Police drone flights", roles: [], path: "/public", theme: "day" },
];

export const DESKS: readonly DeskEntry[] = KNOWN.filter((d) => doors[`./${d.id}/index.ts`] !== undefined).map((d) => ({
  ...d,
  load: () => openDesk(d.id),
}));

async function openDesk(id: DeskId): Promise<ComponentType<DeskProps>> {
  const door = await doors[`./${id}/index.ts`]?.();
  const name = `${id[0]?.toUpperCase() ?? ""}${id.slice(1)}Desk`;
  const desk = door?.[name];
  if (typeof desk !== "function") throw new Error(`src/desks/${id}/index.ts must export ${name}.`);
  return desk as ComponentType<DeskProps>; // Checked to be a function just above; its props are this file's contract.
}
