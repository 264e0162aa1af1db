import type { LatLon } from "../../world/index.js";
import { footprintOf } from "../footprint.js";
import {
  type FillBatch,
  LineBatch,
  type LineUniforms,
  type Rgba,
  type SymbolBatch,
  type SymbolKind,
} from "../gl/index.js";
import type { Ground } from "../ground.js";
import type { Inks } from "../inks.js";
import { blankPose, type PoseSource, type SceneAircraft } from "../sceneModel.js";
import { fan } from "./staticLayers.js";

const TRAIL_SLOTS = 90;
const TRAIL_STEP_S = 1;

interface Track {
  readonly slotFrom: number;
  next: number;
  lastS: number;
  x: number;
  y: number;
  z: number;
}

/** Where aircraft are now, for labels and picking. Reused every frame. */
export interface Placed {
  uid: string;
  x: number;
  y: number;
  z: number;
  altAglM: number;
  ageMs: number;
  link: "live" | "late" | "lost" | "never";
}

/** A stranger that comes too near has the colour of its alarm. */
const levelInk = ({ level }: SceneAircraft, inks: Inks): Inks["ink"] =>
  level === "warning" ? inks.red : level === "caution" ? inks.amber : inks.ink;

const BROKEN_M: readonly [number, number] = [9, 7];

function symbolOf({ kind, doubtful = false }: SceneAircraft, late: boolean): SymbolKind {
  if (kind === "helicopter") return doubtful ? "helicopterDoubt" : "helicopter";
  if (kind === "stranger") return doubtful ? "diamondDoubt" : "diamond";
  return late ? "dartLate" : "dart";
}

/** What moves: darts, stalks, rings, trails and footprints of every aircraft, rewritten in place each frame. */
export class MovingLayer {
  readonly stalks: LineBatch;
  readonly trails: LineBatch;
  readonly placed = new Map<string, Placed>();
  readonly #tracks = new Map<string, Track>();
  readonly #pose = blankPose();
  #slots = 0;

  constructor(uniforms: LineUniforms) {
    this.stalks = new LineBatch(uniforms, 512, { depthTest: true, renderOrder: 30 });
    this.trails = new LineBatch(uniforms, 256 * TRAIL_SLOTS, { depthTest: true, renderOrder: 29 });
  }

  draw(
    aircraft: readonly SceneAircraft[],
    poses: PoseSource,
    ground: Ground,
    inks: Inks,
    symbols: SymbolBatch,
    fills: FillBatch,
    lines: LineBatch,
    nowS: number,
  ): void {
    this.stalks.clear();
    symbols.clear();
    fills.clear();
    lines.clear();
    this.placed.clear();
    let trailMoved = false;
    for (const a of aircraft) {
      if (a.docked || !poses.read(a.uid, this.#pose)) continue;
      const { xM, yM } = ground.local(this.#pose);
      const floor = ground.heightAt(xM, yM);
      const y = Math.max(this.#pose.altAmslM, floor + 1);
      this.#symbol(a, xM, y, -yM, floor, inks, symbols);
      if (a.ahead !== undefined) {
        const soon = ground.local(a.ahead);
        const colour = levelInk(a, inks)(0.8);
        const style = a.doubtful === true ? { widthPx: 1.6, dashM: BROKEN_M } : { widthPx: 1.6 };
        lines.add(xM, y, -yM, soon.xM, y, -soon.yM, colour, inks.ink(0.1), style);
      }
      if (a.operator !== undefined) this.#operator(a.operator, xM, y, -yM, ground, inks, symbols, lines);
      // Strangers come and go all day: places for trails are for ours.
      if (a.kind !== "drone") continue;
      if (a.showFootprint && this.#pose.gimbalOk && this.#pose.link === "live")
        this.#footprint(xM, yM, y, ground, inks, fills, lines);
      trailMoved = this.#trail(a.uid, xM, y, -yM, nowS, inks.ink(0.75)) || trailMoved;
    }
    this.stalks.commit();
    if (trailMoved) this.trails.commit();
    symbols.commit();
    fills.commit();
    lines.commit();
  }

  dispose(): void {
    this.stalks.dispose();
    this.trails.dispose();
  }

  #symbol(a: SceneAircraft, x: number, y: number, z: number, floor: number, inks: Inks, symbols: SymbolBatch): void {
    const pose = this.#pose;
    this.placed.set(a.uid, { uid: a.uid, x, y, z, altAglM: pose.altAglM, ageMs: pose.ageMs, link: pose.link });
    const stalk = inks.ink(0.55);
    this.stalks.add(x, floor, z, x, y, z, stalk, stalk, { widthPx: 1.1 });
    symbols.add("groundRing", x, floor + 1.2, z, 0, 1, inks.ink(0), inks.ink(0.5));
    const late = pose.link !== "live";
    const kind = symbolOf(a, late);
    const ink = levelInk(a, inks);
    // The helicopter is drawn in one colour, that of its stroke; where it flies into an alarm, late or not, in its colour.
    const alarmed = a.level === "caution" || a.level === "warning";
    const hollow = kind === "diamondDoubt";
    const fill = hollow || (late && !alarmed) ? inks.halo(1) : ink(1);
    const rim = a.kind === "helicopter" || hollow ? ink(1) : inks.halo(1);
    symbols.add(kind, x, y, z, pose.headingDeg, 1, fill, late && !alarmed ? inks.amber(1) : rim);
    if (a.selected) symbols.add("brackets", x, y, z, 0, 1, inks.cyan(1), inks.cyan(1));
  }

  /** A small ring where the operator says to stand, and a thin broken line to what he flies. */
  #operator(
    at: LatLon,
    x: number,
    y: number,
    z: number,
    ground: Ground,
    inks: Inks,
    symbols: SymbolBatch,
    lines: LineBatch,
  ): void {
    const [ox, oy, oz] = ground.place(at, 2);
    lines.add(ox, oy, oz, x, y, z, inks.ink(0.6), inks.ink(0.3), { widthPx: 1.1, dashM: BROKEN_M });
    symbols.add("circle", ox, oy, oz, 0, 0.75, inks.halo(1), inks.ink(0.9));
  }

  #footprint(x: number, y: number, up: number, ground: Ground, inks: Inks, fills: FillBatch, lines: LineBatch): void {
    const corners = footprintOf(this.#pose, x, y, ground);
    if (corners.length < 3) return;
    fan(fills, corners, inks.ink(0.1));
    const edge = inks.ink(0.8);
    const ray = inks.ink(0.22);
    corners.forEach((c, i) => {
      const next = corners[(i + 1) % corners.length] ?? c;
      lines.add(...c, ...next, edge, edge, { widthPx: 1.3 });
      lines.add(x, up, -y, ...c, ray, ray, { widthPx: 0.8 });
    });
  }

  /** One piece a second, in a ring of slots per aircraft; the shader fades each by its age. */
  #trail(uid: string, x: number, y: number, z: number, nowS: number, colour: Rgba): boolean {
    const track = this.#tracks.get(uid);
    if (track === undefined) {
      this.#tracks.set(uid, { slotFrom: this.#slots, next: 0, lastS: nowS, x, y, z });
      this.#slots += TRAIL_SLOTS;
      return false;
    }
    if (nowS - track.lastS < TRAIL_STEP_S) return false;
    if (Math.hypot(x - track.x, y - track.y, z - track.z) > 0.5) {
      const slot = track.slotFrom + (track.next++ % TRAIL_SLOTS);
      this.trails.set(slot, track.x, track.y, track.z, x, y, z, colour, colour, { widthPx: 1.6, bornS: nowS });
    }
    track.lastS = nowS;
    track.x = x;
    track.y = y;
    track.z = z;
    return true;
  }

  /** Lays a whole path at once, oldest first, for a desk that opens late or a replay. */
  seedTrail(uid: string, points: readonly (readonly [number, number, number])[], nowS: number, colour: Rgba): void {
    const n = points.length;
    points.forEach(([x, y, z], i) => {
      const track = this.#tracks.get(uid);
      if (track !== undefined) track.lastS = Number.NEGATIVE_INFINITY;
      this.#trail(uid, x, y, z, nowS - (n - 1 - i) * (80 / Math.max(1, n)), colour);
    });
    this.trails.commit();
  }
}
