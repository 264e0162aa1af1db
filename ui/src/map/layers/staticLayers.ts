import type { FillBatch, LineBatch, LineStyle, Rgba } from "../gl/index.js";
import type { Ground } from "../ground.js";
import type { Inks } from "../inks.js";
import type { SceneModel } from "../sceneModel.js";
import { drawCouldBe } from "./couldBeLayer.js";
import { drawLid } from "./lidLayer.js";
import { drawReach, drawTimeLines } from "./reachLayer.js";
import { drawZones } from "./zoneLayer.js";

/** Where static layers draw: lines hidden by buildings, lines never hidden, and flat fills of both kinds. */
export interface Drawing {
  readonly hidden: LineBatch;
  readonly over: LineBatch;
  readonly hiddenFill: FillBatch;
  readonly overFill: FillBatch;
  readonly ground: Ground;
  readonly inks: Inks;
}

type P3 = readonly [number, number, number];

/** A line through points; dashes run on from piece to piece. */
export function polyline(to: LineBatch, points: readonly P3[], colour: Rgba, style: LineStyle, closed = false): void {
  let run = 0;
  const n = points.length;
  for (let i = 0; i + 1 < n + (closed ? 1 : 0); i++) {
    const a = points[i];
    const b = points[(i + 1) % n];
    if (a === undefined || b === undefined) continue;
    to.add(...a, ...b, colour, colour, { ...style, fromM: run });
    run += Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  }
}

/** Fills a convex ring as a fan. */
export function fan(to: FillBatch, ring: readonly P3[], colour: Rgba): void {
  const first = ring[0];
  if (first === undefined) return;
  for (let i = 1; i + 1 < ring.length; i++) {
    const a = ring[i];
    const b = ring[i + 1];
    if (a === undefined || b === undefined) continue;
    to.corner(...first, colour);
    to.corner(...a, colour);
    to.corner(...b, colour);
  }
}

/** Everything that changes with facts, not with frames. */
export function drawStatic(model: SceneModel, d: Drawing): void {
  for (const batch of [d.hidden, d.over, d.hiddenFill, d.overFill]) batch.clear();
  if (model.reach !== undefined) drawReach(model.reach, d);
  if (model.timeLines !== undefined) drawTimeLines(model.timeLines, d);
  if (model.couldBe !== undefined) drawCouldBe(model.couldBe, d);
  drawZones(model.zones, d);
  drawRoutes(model, d);
  drawErrors(model, d);
  for (const lid of model.lids ?? []) drawLid(lid, d);
  drawGroundRings(model, d);
  for (const batch of [d.hidden, d.over, d.hiddenFill, d.overFill]) batch.commit();
}

function drawRoutes(model: SceneModel, d: Drawing): void {
  for (const route of model.routes) {
    const points = route.points.map(({ at, altAmslM }): P3 => {
      const { xM, yM } = d.ground.local(at);
      return [xM, altAmslM, -yM];
    });
    const dash = route.state === "proposed" ? { dashM: [14, 9] as const } : {};
    const ink = route.state === "flown" ? d.inks.ink(0.9) : d.inks.magenta(1);
    polyline(d.hidden, points, ink, { widthPx: route.state === "proposed" ? 2.2 : 2, ...dash });
    const end = points.at(-1);
    if (end !== undefined && route.state === "proposed") {
      const foot: P3 = [end[0], d.ground.heightAt(end[0], -end[2]), end[2]];
      polyline(d.hidden, [end, foot], d.inks.magenta(0.7), { widthPx: 1.1, dashM: [5, 5] });
    }
  }
}

function drawErrors(model: SceneModel, d: Drawing): void {
  for (const incident of model.incidents) {
    if (incident.error === undefined) continue;
    const { xM, yM } = d.ground.local(incident.at);
    const ring = ellipse(xM, yM, incident.error, d.ground);
    const ink = incident.certainty === "estimated" ? d.inks.magenta : d.inks.ink;
    fan(d.overFill, ring, ink(0.16));
    polyline(d.over, ring, ink(0.95), { widthPx: 1.8 }, true);
  }
}

/** 64 points of an error ellipse laid on the ground. Bearing of the long axis is clockwise from north. */
export function ellipse(
  xM: number,
  yM: number,
  e: { readonly semiMajorM: number; readonly semiMinorM: number; readonly bearingDeg: number },
  ground: Ground,
): readonly P3[] {
  const b = (e.bearingDeg * Math.PI) / 180;
  return Array.from({ length: 64 }, (_, i): P3 => {
    const t = (i / 64) * 2 * Math.PI;
    const along = e.semiMajorM * Math.cos(t);
    const across = e.semiMinorM * Math.sin(t);
    const x = xM + along * Math.sin(b) + across * Math.cos(b);
    const y = yM + along * Math.cos(b) - across * Math.sin(b);
    return [x, ground.heightAt(x, y) + 2, -y];
  });
}

function drawGroundRings(model: SceneModel, d: Drawing): void {
  for (const footprint of model.footprints) {
    const ring = footprint.ring.map((at) => d.ground.place(at, 1.5));
    fan(d.overFill, ring, d.inks.ink(0.22));
    polyline(d.over, ring, d.inks.ink(0.8), { widthPx: 1.3 }, true);
  }
  for (const sensor of model.sensors) {
    if (sensor.sees.length < 3 || sensor.number === "") continue;
    const ring = sensor.sees.map((at) => d.ground.place(at, 1.2));
    fan(d.overFill, ring, d.inks.ink(0.08));
    polyline(d.over, ring, d.inks.ink(0.35), { widthPx: 1 }, true);
  }
}
