import type { CityModel } from "../../world/index.js";
import type { Ground } from "../ground.js";
import type { Placed } from "../layers/movingLayer.js";
import type { SceneModel } from "../sceneModel.js";
import type { LabelPainter, LabelText } from "./labelPainter.js";
import { type Box, type LabelWish, type PlacedLabel, placeLabels } from "./placeLabels.js";
import { reachLabels, type TimeLevel, timeLevels } from "./reachLabels.js";
import { type Project, streetNames } from "./streetNames.js";

/** How heights and ages are said on this desk. */
export interface SceneWords {
  height(aglM: number): string;
  age(ageMs: number): string;
}

interface Named {
  readonly id: string;
  readonly text: LabelText;
  readonly priority: number;
  x: number;
  y: number;
  z: number;
}

export const REST_MS = 150;
const REPLACE_MS = 500;
const SYMBOL_PX = 13;

/** Decides which names are shown and where; places anew only when the camera rests. */
export class LabelDirector {
  readonly #painter: LabelPainter;
  readonly #words: SceneWords;
  readonly #previous = new Map<string, number>();
  #named: Named[] = [];
  #placed: readonly PlacedLabel[] = [];
  #movedMs = Number.NEGATIVE_INFINITY;
  #placedMs = Number.NEGATIVE_INFINITY;
  #streetsDue = true;
  #levels: { readonly of: unknown; readonly levels: readonly TimeLevel[] } | undefined;
  /** Boxes of the desk's own overlays (legend, attribution), relative to the view. */
  keepOut: readonly Box[] = [];

  constructor(painter: LabelPainter, words: SceneWords) {
    this.#painter = painter;
    this.#words = words;
  }

  cameraMoved(nowMs: number): void {
    this.#movedMs = nowMs;
    this.#streetsDue = true;
    this.#painter.showStreets(false);
  }

  modelChanged(): void {
    this.#placedMs = Number.NEGATIVE_INFINITY;
    this.#streetsDue = true;
  }

  /** True while names still wait for the camera to rest: the scene must draw once more. */
  get pending(): boolean {
    return this.#streetsDue;
  }

  frame(
    nowMs: number,
    model: SceneModel,
    aircraft: ReadonlyMap<string, Placed>,
    city: CityModel,
    ground: Ground,
    project: Project,
    view: { readonly width: number; readonly height: number },
  ): void {
    const resting = nowMs - this.#movedMs >= REST_MS;
    if (resting && nowMs - this.#placedMs >= REPLACE_MS) {
      this.#placedMs = nowMs;
      this.#place(model, aircraft, ground, project, view);
    }
    if (resting && this.#streetsDue) {
      this.#streetsDue = false;
      this.#streets(model, city, ground, project, view);
    }
    for (const named of this.#named) {
      const live = aircraft.get(named.id);
      if (live !== undefined) Object.assign(named, { x: live.x, y: live.y, z: live.z });
      const at = project(named.x, -named.z, named.y);
      const inside = at.distanceM > 0 && at.x > 0 && at.y > 0 && at.x < view.width && at.y < view.height;
      this.#painter.move(named.id, at.x, at.y, inside);
    }
  }

  #place(
    model: SceneModel,
    aircraft: ReadonlyMap<string, Placed>,
    ground: Ground,
    project: Project,
    view: { width: number; height: number },
  ): void {
    const named = namesOf(model, aircraft, ground, this.#words);
    const symbols: Box[] = [];
    const wishes: LabelWish[] = [];
    for (const n of named) {
      const at = project(n.x, -n.z, n.y);
      if (at.distanceM < 0) continue;
      symbols.push([at.x - SYMBOL_PX, at.y - SYMBOL_PX, 2 * SYMBOL_PX, 2 * SYMBOL_PX]);
      wishes.push({ id: n.id, x: at.x, y: at.y, ...this.#painter.measure(n.text), priority: n.priority });
    }
    symbols.push(...routeBoxes(model, ground, project));
    const { placed } = placeLabels({
      wishes,
      ...view,
      keepOut: [...this.keepOut, ...symbols],
      previous: this.#previous,
    });
    this.#placed = placed;
    this.#previous.clear();
    for (const p of placed) this.#previous.set(p.id, p.place);
    const shown = new Set(placed.map((p) => p.id));
    this.#named = named.filter((n) => shown.has(n.id));
    const text = new Map(named.map((n) => [n.id, n.text] as const));
    this.#painter.setLabels(
      placed.map((p) => ({ ...p, text: text.get(p.id) ?? { title: "", detail: "", tone: "normal" } })),
    );
  }

  /** Kept for as long as the lines are the same: working them out anew for each change of the model is dear. */
  #levelsOf(model: SceneModel, city: CityModel): readonly TimeLevel[] {
    const lines = model.reach ?? model.timeLines;
    if (this.#levels === undefined || this.#levels.of !== lines)
      this.#levels = { of: lines, levels: timeLevels(model, city.frame) };
    return this.#levels.levels;
  }

  #streets(
    model: SceneModel,
    city: CityModel,
    ground: Ground,
    project: Project,
    view: { width: number; height: number },
  ): void {
    const names: Box[] = [...this.keepOut];
    for (const p of this.#placed) {
      const n = this.#named.find((m) => m.id === p.id);
      if (n === undefined) continue;
      const at = project(n.x, -n.z, n.y);
      names.push(
        [at.x + p.dx - 4, at.y + p.dy - 2, p.w + 8, p.h + 4],
        [at.x - SYMBOL_PX, at.y - SYMBOL_PX, 2 * SYMBOL_PX, 2 * SYMBOL_PX],
      );
    }
    const marks = reachLabels(this.#levelsOf(model, city), project, (x, y) => ground.heightAt(x, y) + 30, {
      ...view,
      keepOut: names,
    });
    this.#painter.setMarks(marks);
    const keepOut = [...names, ...marks.map((m): Box => [m.x - 22, m.y - 9, 44, 18])];
    this.#painter.setStreets(
      streetNames({
        city,
        project,
        groundAmslM: (x, y) => ground.heightAt(x, y),
        ...view,
        keepOut,
        most: 14,
        farthestM: 1500,
      }),
    );
    this.#painter.showStreets(true);
  }
}

function namesOf(model: SceneModel, aircraft: ReadonlyMap<string, Placed>, ground: Ground, words: SceneWords): Named[] {
  const out: Named[] = [];
  const on = (
    id: string,
    at: { latDeg: number; lonDeg: number },
    up: number,
    text: LabelText,
    priority: number,
  ): void => {
    const [x, y, z] = ground.place(at, up);
    out.push({ id, text, priority, x, y, z });
  };
  for (const i of model.incidents) on(i.id, i.at, 2, { title: i.title, detail: i.detail, tone: "normal" }, 9);
  for (const a of model.aircraft) {
    const p = aircraft.get(a.uid);
    if (p === undefined) continue;
    const late = p.link !== "live";
    const height = a.told ?? words.height(p.altAglM);
    const text: LabelText = {
      title: a.callSign,
      // How old a stranger's place is matters always: receivers lose low aircraft behind roofs.
      detail: late || a.told !== undefined ? `${height}, ${words.age(p.ageMs)} old` : height,
      tone: "normal",
    };
    out.push({
      id: a.uid,
      text,
      priority: aircraftPriority(a),
      x: p.x,
      y: p.y,
      z: p.z,
    });
    // Whose he is, the line to it says: a long name would push away that of an incident.
    if (a.operator !== undefined)
      on(`${a.uid}:operator`, a.operator, 2, { title: "", detail: "operator", tone: "normal" }, 4);
  }
  for (const p of model.pins) {
    on(
      p.id,
      p.at,
      2,
      { title: p.title, detail: p.detail, tone: p.mark === "predicted" ? "computed" : "normal" },
      p.priority,
    );
  }
  for (const d of model.docks) on(d.id, d.at, 8, { title: d.name, detail: d.detail, tone: "normal" }, d.ready ? 6 : 5);
  for (const l of model.lids ?? []) on(l.id, l.at, l.ceilingAglM, { title: "", detail: l.label, tone: "normal" }, 4);
  for (const z of model.zones) {
    if (z.kind === "fence" || z.label === "" || z.ring.length === 0) continue;
    const latDeg = z.ring.reduce((s, p) => s + p.latDeg, 0) / z.ring.length;
    const lonDeg = z.ring.reduce((s, p) => s + p.lonDeg, 0) / z.ring.length;
    if (z.kind === "restriction")
      on(z.id, { latDeg, lonDeg }, 4, { title: z.label, detail: z.detail ?? "", tone: "normal" }, 8);
    else on(z.id, { latDeg, lonDeg }, 4, { title: "", detail: z.label, tone: "normal" }, 3);
  }
  return out;
}

/** One that comes too near is named before all else: its name must not be the one for which no room is left. */
const aircraftPriority = ({ selected, level = "none" }: SceneModel["aircraft"][number]): number =>
  level === "warning" || level === "caution" ? 10 : selected || level === "traffic" ? 8 : 7;

/** Small boxes along routes, so that no name lies on a magenta line. */
function routeBoxes(model: SceneModel, ground: Ground, project: Project): Box[] {
  const out: Box[] = [];
  for (const route of model.routes) {
    route.points.forEach((p, i) => {
      const next = route.points[i + 1];
      if (next === undefined) return;
      const a = ground.local(p.at);
      const b = ground.local(next.at);
      const pa = project(a.xM, a.yM, p.altAmslM);
      const pb = project(b.xM, b.yM, next.altAmslM);
      if (pa.distanceM < 0 || pb.distanceM < 0) return;
      const steps = Math.min(40, Math.max(1, Math.ceil(Math.hypot(pb.x - pa.x, pb.y - pa.y) / 24)));
      for (let s = 0; s <= steps; s++)
        out.push([pa.x + ((pb.x - pa.x) * s) / steps - 8, pa.y + ((pb.y - pa.y) * s) / steps - 4, 16, 8]);
    });
    const end = route.points.at(-1);
    if (end === undefined) continue;
    const { xM, yM } = ground.local(end.at);
    const top = project(xM, yM, end.altAmslM);
    const foot = project(xM, yM, ground.heightAt(xM, yM));
    if (top.distanceM > 0 && foot.distanceM > 0)
      out.push([top.x - 4, Math.min(top.y, foot.y), 8, Math.abs(foot.y - top.y)]);
  }
  return out;
}
