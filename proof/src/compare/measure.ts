import { type Figure, figure, quantileOf, since } from "./figure.js";
import { measureFailsafes } from "./measure-failsafe.js";
import { fixesBetween, measureGoto, measureOrbit, measurePause } from "./measure-level.js";
import type { Order, Track } from "./track.js";

const takeoffOrder = 22;
const repositionOrder = 192;
const orbitOrder = 34;
/** Orders that end what the one before began. */
const flying: ReadonlySet<number> = new Set([20, 21, 22, 34, 176, 192, 300]);

/** Everything that can be measured of a flight, by manoeuvre. */
export function measure(track: Track): readonly Figure[] {
  const orders = track.orders.filter((order) => flying.has(order.command));
  const numbered = new Map<string, number>();
  const number = (name: string): string => {
    const count = (numbered.get(name) ?? 0) + 1;
    numbered.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  };
  const figures: Figure[] = [];
  for (const [i, order] of orders.entries()) {
    const toS = orders[i + 1]?.tS ?? track.endS;
    if (order.command === takeoffOrder && onGround(track, order.tS)) figures.push(...measureTakeoff(track, order, toS));
    else if (order.command === orbitOrder) figures.push(...measureOrbit(track, order, toS, number("orbit")));
    else if (order.command === repositionOrder && order.place !== undefined)
      figures.push(...measureGoto(track, order, toS, number("goto")));
    else if (order.command === repositionOrder && Number.isNaN(order.altAmslM))
      figures.push(...measurePause(track, order, toS, number("pause")));
  }
  figures.push(...measureReturns(track, () => number("return")), ...measureLandings(track, () => number("landing")));
  return [...figures, ...measureFailsafes(track)];
}

function onGround(track: Track, tS: number): boolean {
  return (track.landed.findLast((one) => one.tS <= tS)?.what ?? "on ground") === "on ground";
}

function measureTakeoff(track: Track, order: Order, toS: number): readonly Figure[] {
  const groundM = quantileOf(
    fixesBetween(track, order.tS - 2, order.tS).map((fix) => fix.altAmslM),
    0.5,
  );
  const armed = track.turns.some((turn) => turn.tS <= order.tS + 2 && !turn.what.startsWith("disarmed"));
  if (groundM === undefined || !armed) return [];
  const done = track.turns.find((turn) => turn.tS > order.tS + 2 && turn.what === "Hold" && turn.tS <= toS);
  const climb = fixesBetween(track, order.tS, done?.tS ?? toS);
  const heightM = order.altAmslM - groundM;
  const told = track.texts.find((text) => text.tS >= order.tS && text.what === "Takeoff detected");
  const reached = (wantedM: number): number | undefined =>
    wantedM > heightM - 4 ? undefined : since(climb.find((fix) => fix.altAmslM - groundM >= wantedM)?.tS, order.tS);
  const rising = climb.filter((fix) => fix.altAmslM - groundM < heightM * 0.9).map((fix) => fix.upMps);
  const low = climb.filter((fix) => fix.altAmslM - groundM > 3 && fix.altAmslM - groundM < 8).map((fix) => fix.upMps);
  return [
    ...figure("take-off, told after", "reaction", "s", since(told?.tS, order.tS)),
    ...figure("take-off, 2.5 m after", "motion", "s", reached(2.5)),
    ...figure("take-off, 10 m after", "motion", "s", reached(10)),
    ...figure("take-off, 30 m after", "motion", "s", reached(30)),
    ...figure("take-off, climb below 8 m", "motion", "m/s", quantileOf(low, 0.5)),
    ...figure("take-off, fastest climb", "motion", "m/s", quantileOf(rising, 0.98)),
    ...figure("take-off, Hold after", "motion", "s", since(done?.tS, order.tS), 1),
  ];
}

function measureReturns(track: Track, name: () => string): readonly Figure[] {
  return track.texts.flatMap((text) => {
    if (!text.what.startsWith("RTL: start return")) return [];
    const end = track.texts.find((one) => one.tS > text.tS && one.what.startsWith("RTL: land at destination"));
    const again = track.texts.find((one) => one.tS > text.tS && one.what.startsWith("RTL: start return"));
    if (end === undefined || (again !== undefined && again.tS < end.tS)) return [];
    const way = fixesBetween(track, text.tS, end.tS);
    const [first, last] = [way[0], way.at(-1)];
    if (first === undefined || last === undefined) return [];
    const farM = Math.hypot(first.northM - last.northM, first.eastM - last.eastM);
    const called = name();
    const speeds = way.map((fix) => fix.speedMps);
    return [
      ...figure(`${called}, way over time`, "motion", "m/s", farM > 50 ? farM / (end.tS - text.tS) : undefined),
      ...figure(`${called}, cruise`, "motion", "m/s", farM > 50 ? quantileOf(speeds, 0.9) : undefined),
    ];
  });
}

const landingTexts = ["Landing at current position", "RTL: land at destination"];

function measureLandings(track: Track, name: () => string): readonly Figure[] {
  return track.texts.flatMap((text) => {
    if (!landingTexts.includes(text.what)) return [];
    const down = track.texts.find((one) => one.tS > text.tS && one.what === "Landing detected");
    const end = down ?? { tS: track.endS, what: "" };
    const disarmed = track.texts.find((one) => one.tS >= end.tS && one.what === "Disarmed by landing");
    const way = fixesBetween(track, text.tS, end.tS);
    const groundM = down === undefined ? 300 : (way.at(-1)?.altAmslM ?? 300);
    const sinkBetween = (lowM: number, highM: number): number | undefined =>
      quantileOf(
        way.filter((fix) => fix.altAmslM - groundM > lowM && fix.altAmslM - groundM < highM).map((fix) => -fix.upMps),
        0.5,
      );
    const called = name();
    const near = way.at(-1);
    return [
      ...figure(`${called}, sink above 12 m`, "motion", "m/s", sinkBetween(12, 200)),
      ...figure(`${called}, sink from 8 to 5 m`, "motion", "m/s", sinkBetween(5, 8)),
      ...figure(`${called}, sink below 3 m`, "motion", "m/s", sinkBetween(0.8, 3)),
      ...figure(`${called}, landed after`, "motion", "s", since(down?.tS, text.tS)),
      ...figure(`${called}, disarmed after landed`, "reaction", "s", since(disarmed?.tS, down?.tS)),
      ...figure(
        `${called}, beside the pad`,
        "motion",
        "m",
        down === undefined || near === undefined || text.what !== "RTL: land at destination"
          ? undefined
          : Math.hypot(near.northM, near.eastM),
        1,
      ),
    ];
  });
}
