import type { CameraSeeing, GeoPoint } from "@outrider/contract";
import { cameraSees, type EnuPointAmsl, type World } from "@outrider/geo";
import { type PlacedCamera, type PresentAim, placedAt, turnedTo } from "./cameras.js";

export type IncidentSight = { readonly cameras: readonly CameraSeeing[]; readonly nobodySees: string };

const personM = 1.5;
/** Blind cameras further away than this are not worth a line. */
const blindWithinM = 150;
const mostLines = 12;
const ringsM = [12, 25, 40];
const compass = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;
const order = { sees: 0, partly: 1, couldTurn: 2, no: 3 } as const;

type Spot = EnuPointAmsl & { readonly side: number };

/** What is known of a camera beyond its configuration; `aim` is undefined for one that looks as configured. */
export type PresentOf = (cameraId: string) => { readonly turns: boolean; readonly aim: PresentAim | undefined };

type Looking = PlacedCamera & { readonly turns: boolean; readonly unknown: string | undefined };

const asConfigured: PresentOf = () => ({ turns: false, aim: undefined });

function looking(one: PlacedCamera, present: PresentOf): Looking {
  const { turns, aim } = present(one.config.cameraId);
  if (aim?.kind === "unknown") return { ...one, turns, unknown: aim.why };
  return { ...(aim === undefined ? one : placedAt(aim.aim, one)), turns, unknown: undefined };
}

/** Which fixed cameras truly see a place as they look now, best first, and in words what none of them sees. */
export function incidentSight(
  placed: readonly PlacedCamera[],
  place: GeoPoint,
  world: World,
  present: PresentOf = asConfigured,
): IncidentSight {
  const local = world.frame.toLocal(place);
  const at = standing(world, local.eastM, local.northM);
  const around = spotsAround(world, at);
  const near = placed
    .filter(({ config, camera }) => {
      return config.kind === "camera" && gapM(camera, at) <= Math.max(camera.rangeM, blindWithinM) + 40;
    })
    .map((one) => looking(one, present));
  const cameras = near
    .flatMap((one) => lineFor(one, at, around, world) ?? [])
    .sort((a, b) => order[a.sees] - order[b.sees] || a.distanceM - b.distanceM || (a.cameraId < b.cameraId ? -1 : 1))
    .slice(0, mostLines);
  return { cameras, nobodySees: sentence(near, cameras, around, world) };
}

const gapM = (a: { eastM: number; northM: number }, b: { eastM: number; northM: number }): number =>
  Math.hypot(a.eastM - b.eastM, a.northM - b.northM);

const standing = (world: World, eastM: number, northM: number): EnuPointAmsl => ({
  eastM,
  northM,
  altAmslM: world.terrain.groundAmslM(eastM, northM) + personM,
});

/** Places around, outdoors: eight sides at three distances. */
function spotsAround(world: World, at: EnuPointAmsl): Spot[] {
  const spots: Spot[] = [];
  for (let side = 0; side < 8; side++) {
    for (const outM of ringsM) {
      const turn = (side * Math.PI) / 4;
      const spot = standing(world, at.eastM + outM * Math.sin(turn), at.northM + outM * Math.cos(turn));
      const indoors = world.obstacles.exactSurfaceAmslM(spot.eastM, spot.northM) > spot.altAmslM;
      if (!indoors) spots.push({ ...spot, side });
    }
  }
  return spots;
}

function lineFor(
  { config, camera, turns, unknown }: Looking,
  at: EnuPointAmsl,
  around: readonly Spot[],
  world: World,
): CameraSeeing | undefined {
  const distanceM = gapM(camera, at);
  const line = (sees: CameraSeeing["sees"], text: string): CameraSeeing => ({
    cameraId: config.cameraId,
    name: config.name,
    distanceM,
    sees,
    shared: config.shared,
    text: config.shared ? text : `${text}; its owner has not shared it`,
    picture: config.shared && config.stream !== undefined,
    ...(turns ? { turns } : {}),
  });
  const couldTurn = config.ptz && cameraSees(turnedTo(camera, at), at, world.obstacles);
  if (unknown !== undefined) {
    if (couldTurn) return line("couldTurn", "could see it if it were turned; where it looks now is not known");
    return distanceM > blindWithinM ? undefined : line("no", "could not see it, wherever it looks");
  }
  if (cameraSees(camera, at, world.obstacles)) return line("sees", "sees the place");
  const close = around.filter((spot) => gapM(spot, at) <= 25);
  const seen = close.filter((spot) => cameraSees(camera, spot, world.obstacles)).length;
  if (seen >= 2) return line("partly", `sees the ground beside it, ${seen} of ${close.length} places`);
  if (couldTurn) return line("couldTurn", "could see it if it were turned");
  if (distanceM > blindWithinM) return undefined;
  if (distanceM > camera.rangeM) return line("no", "too far away for it");
  const clear = world.obstacles.lineOfSight(camera, at, { skipFromM: 3 }).clear;
  return line("no", clear ? "looks the other way" : "something stands in between");
}

function sentence(
  near: readonly Looking[],
  cameras: readonly CameraSeeing[],
  around: readonly Spot[],
  world: World,
): string {
  const seeing = cameras.filter((line) => line.sees === "sees");
  const usable = near.filter(({ config, unknown }) => config.shared && unknown === undefined);
  const hidden = compass.map((_, side) => hiddenShare(around, side, usable, world));
  const blind = compass.filter((_, side) => hidden[side] === 1);
  const partly = compass.filter((_, side) => (hidden[side] ?? 0) > 0 && (hidden[side] ?? 0) < 1);
  const notShared = seeing.filter((line) => !line.shared).length;
  const parts = [seen(seeing.length - notShared)];
  if (notShared > 0) parts.push(`${notShared} more ${notShared === 1 ? "has" : "have"} not been shared by the owner.`);
  if (blind.length > 0 && blind.length < 8) parts.push(`No camera sees the ground just ${listed(blind)} of it.`);
  if (blind.length === 8 && seeing.length > notShared) parts.push("No camera sees the ground around it.");
  if (partly.length > 0) parts.push(`Hidden in part: ${listed(partly)}.`);
  return parts.join(" ");
}

/** Part of a side's outdoor places that no usable camera sees; 0 where there is no outdoors. */
function hiddenShare(around: readonly Spot[], side: number, usable: readonly PlacedCamera[], world: World): number {
  const spots = around.filter((spot) => spot.side === side);
  if (spots.length === 0) return 0;
  const unseen = spots.filter((spot) => !usable.some(({ camera }) => cameraSees(camera, spot, world.obstacles)));
  return unseen.length / spots.length;
}

const seen = (count: number): string =>
  count === 0
    ? "No fixed camera sees this place."
    : count === 1
      ? "1 camera sees this place."
      : `${count} cameras see this place.`;

const listed = (sides: readonly string[]): string =>
  sides.length < 2 ? sides.join("") : `${sides.slice(0, -1).join(", ")} and ${sides.at(-1) ?? ""}`;
