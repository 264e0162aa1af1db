import { type Figure, figure, quantileOf, since } from "./figure.js";
import type { Fix, Order, Track } from "./track.js";

const arrivedM = 2;

export function fixesBetween(track: Track, fromS: number, toS: number): readonly Fix[] {
  return track.fixes.filter((fix) => fix.tS >= fromS && fix.tS <= toS);
}

/** A flight to a place: how fast, how long, where it begins to brake, how much height it loses. */
export function measureGoto(track: Track, order: Order, toS: number, called: string): readonly Figure[] {
  const { place } = order;
  const way = fixesBetween(track, order.tS, toS);
  const first = way[0];
  if (place === undefined || first === undefined) return [];
  const missM = (fix: Fix): number => Math.hypot(fix.northM - place.northM, fix.eastM - place.eastM);
  if (missM(first) < 20) return [];
  const arrived = way.find((fix) => missM(fix) < arrivedM);
  const flown = arrived === undefined ? way : way.filter((fix) => fix.tS <= arrived.tS);
  const top = quantileOf(
    flown.map((fix) => fix.speedMps),
    0.95,
  );
  const fast = flown.filter((fix) => fix.speedMps >= 0.9 * (top ?? 0));
  const brakes = fast.at(-1);
  const level = Math.abs(first.altAmslM - order.altAmslM) < 2;
  const lowestM = Math.min(...flown.map((fix) => fix.altAmslM));
  return [
    ...figure(`${called}, within 2 m after`, "motion", "s", since(arrived?.tS, order.tS)),
    ...figure(`${called}, top speed`, "motion", "m/s", top),
    ...figure(`${called}, 90 % of it after`, "motion", "s", since(fast[0]?.tS, order.tS)),
    ...figure(
      `${called}, below 90 % before the place`,
      "motion",
      "m",
      arrived === undefined || brakes === undefined ? undefined : missM(brakes),
      2,
    ),
    ...figure(`${called}, height lost`, "motion", "m", level ? Math.max(0, first.altAmslM - lowestM) : undefined, 1),
  ];
}

/** The second half of a circle flown: by then it has joined. */
export function measureOrbit(track: Track, order: Order, toS: number, called: string): readonly Figure[] {
  const { place } = order;
  const way = fixesBetween(track, (order.tS + toS) / 2, toS);
  if (place === undefined || way.length < 20) return [];
  const radii = way.map((fix) => Math.hypot(fix.northM - place.northM, fix.eastM - place.eastM));
  const speeds = way.map((fix) => fix.speedMps);
  return [
    ...figure(`${called}, radius`, "motion", "m", quantileOf(radii, 0.5)),
    ...figure(`${called}, radius, most less least`, "motion", "m", Math.max(...radii) - Math.min(...radii), 1),
    ...figure(`${called}, speed`, "motion", "m/s", quantileOf(speeds, 0.5)),
  ];
}

/** A stop where it is. */
export function measurePause(track: Track, order: Order, toS: number, called: string): readonly Figure[] {
  const way = fixesBetween(track, order.tS, toS);
  const [first, rest] = [way[0], way.find((fix) => fix.speedMps < 0.5)];
  if (first === undefined || rest === undefined || first.speedMps < 1) return [];
  return [
    ...figure(`${called}, rests after`, "motion", "s", rest.tS - order.tS),
    ...figure(`${called}, way`, "motion", "m", Math.hypot(rest.northM - first.northM, rest.eastM - first.eastM)),
  ];
}
