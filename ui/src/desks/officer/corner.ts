import type { GeoPoint, OfficerView } from "@outrider/contract";
import { formatDistance, type Units } from "../../parts/index.js";
import { type LocalFrame, localFrame, toLocal } from "../../world/index.js";

type Plan = OfficerView["plan"];
export interface Xy {
  readonly x: number;
  readonly y: number;
}

/** The plan around a place in metres, east and north of it. */
export interface LocalPlan {
  readonly frame: LocalFrame;
  readonly streets: readonly { readonly name: string; readonly points: readonly Xy[] }[];
  readonly buildings: readonly (readonly Xy[])[];
}

export function localPlan(plan: Plan): LocalPlan {
  const frame = localFrame(plan.point);
  const xy = (p: GeoPoint): Xy => {
    const { xM, yM } = toLocal(frame, p);
    return { x: xM, y: yM };
  };
  return {
    frame,
    streets: plan.streets.map((s) => ({ name: s.name, points: s.points.map(xy) })),
    buildings: plan.buildings.map((ring) => ring.map(xy)),
  };
}

interface Near {
  readonly name: string;
  readonly at: Xy;
  readonly distanceM: number;
}

/** Named streets by how near they come to a place. */
function streetsNear(plan: LocalPlan, to: Xy): readonly Near[] {
  const best = new Map<string, Near>();
  for (const s of plan.streets) {
    if (s.name === "") continue;
    s.points.forEach((b, i) => {
      const a = s.points[i - 1];
      if (a === undefined) return;
      const at = nearestOn(a, b, to);
      const distanceM = Math.hypot(at.x - to.x, at.y - to.y);
      const known = best.get(s.name);
      if (known === undefined || distanceM < known.distanceM) best.set(s.name, { name: s.name, at, distanceM });
    });
  }
  return [...best.values()].sort((p, q) => p.distanceM - q.distanceM);
}

function nearestOn(a: Xy, b: Xy, to: Xy): Xy {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((to.x - a.x) * dx + (to.y - a.y) * dy) / length));
  return { x: a.x + dx * t, y: a.y + dy * t };
}

const CORNER_M = 40;
const MIDDLE_M = 5;
const NEAR_M = 12;
const QUARTERS = ["north-east", "south-east", "south-west", "north-west"] as const;

/** "North-west corner, Haight St side": which corner is meant, in words for the ear. */
export function cornerWords(plan: LocalPlan, to: Xy): string {
  const [first, second] = streetsNear(plan, to);
  if (first === undefined) return "No street is named here";
  if (second === undefined || second.distanceM > CORNER_M) {
    return first.distanceM < MIDDLE_M ? `On ${first.name}` : `${capital(sideOf(first.at, to))} side of ${first.name}`;
  }
  // The crossing lies where the nearest points of both meet, since streets cross at about a right angle.
  const dx = to.x - second.at.x + (to.x - first.at.x);
  const dy = to.y - second.at.y + (to.y - first.at.y);
  if (Math.hypot(dx, dy) < MIDDLE_M) return `In the crossing of ${[first.name, second.name].sort().join(" and ")}`;
  const bearing = (Math.atan2(dx, dy) * 180) / Math.PI;
  const quarter = QUARTERS[Math.floor((((bearing % 360) + 360) % 360) / 90)] ?? "north-east";
  return `${capital(quarter)} corner, ${first.name} side`;
}

function sideOf(from: Xy, to: Xy): string {
  const bearing = (Math.atan2(to.x - from.x, to.y - from.y) * 180) / Math.PI;
  return ["north", "east", "south", "west"][Math.round((((bearing % 360) + 360) % 360) / 90) % 4] ?? "north";
}

const capital = (text: string): string => `${(text[0] ?? "").toUpperCase()}${text.slice(1)}`;

/** "1,250 ft east of it": where the officer stands, in units of a walk and one of four words. */
export function whereYouAre(from: Xy, units: Units): string {
  const m = Math.hypot(from.x, from.y);
  if (m < NEAR_M) return "You are there";
  const way = sideOf({ x: 0, y: 0 }, from);
  // A walk is counted in feet up to a mile, unlike ways that are driven or flown.
  const feet = Math.round(m / 0.3048 / 10) * 10;
  const text = units === "imperial" && feet < 5280 ? `${feet.toLocaleString("en-US")} ft` : formatDistance(m, units);
  return `You are ${text} ${way} of it`;
}
