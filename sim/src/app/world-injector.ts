import { type AnyInject, assertNever, type GeoPoint, type WorldInject } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { breakIt, type InjectTargets } from "./injector.js";
import type { Sky } from "./sky.js";
import type { WeatherLayers } from "./weather-layers.js";

export type WorldTargets = Pick<InjectTargets, "faults" | "standing" | "wind" | "nowMs" | "after"> & {
  readonly sky: Sky;
  readonly weather: Pick<WeatherLayers, "put">;
  readonly world: World;
  lastPlace(): GeoPoint | undefined;
  middle(): GeoPoint;
  /** Each false where there is nothing yet that it could be about. */
  callerRepeats(metres: number): boolean;
  falseAlarm(): boolean;
  shotsEcho(metres: number): boolean;
  callEnds(as: "Closed" | "Cancelled"): boolean;
};

const worldKinds: readonly string[] = [
  "helicopter",
  "radioSilence",
  "gustFront",
  "weather",
  "tfr",
  "linkBeyond",
  "callerRepeats",
  "falseAlarm",
  "shotsEcho",
  "callEnds",
  "clear",
] satisfies readonly WorldInject["kind"][];

export function isWorldInject(inject: AnyInject): inject is WorldInject {
  return worldKinds.includes(inject.kind);
}

/** Makes a happening of the world; what has an end ends by itself. Returns the line for the timeline. */
export function applyWorldInject(inject: WorldInject, targets: WorldTargets): string {
  switch (inject.kind) {
    case "helicopter":
      return helicopter(inject, targets);
    case "radioSilence":
      breakIt(targets, { what: inject.kind, target: "*", fault: { kind: "dead-link" }, seconds: inject.seconds });
      return `All radio links silent for ${inject.seconds} s`;
    case "gustFront":
      return gustFront(inject, targets);
    case "weather":
      return weather(inject, targets);
    case "tfr":
      return restriction(inject, targets);
    case "linkBeyond":
      targets.standing.end(inject.kind, inject.uid);
      if (inject.on) {
        targets.sky.castShadow(inject.uid, inject.beyondM);
        targets.standing.begin(inject.kind, inject.uid, () => targets.sky.endShadow(inject.uid));
      }
      return inject.on ? `No link beyond ${inject.beyondM} m of the dock` : "The hill is out of the way";
    case "callerRepeats":
      return said(targets.callerRepeats(inject.metres), inject, `A second caller, ${inject.metres} m off`);
    case "falseAlarm":
      return said(targets.falseAlarm(), inject, "The gunshot network takes back its alert");
    case "shotsEcho":
      return said(
        targets.shotsEcho(inject.metres),
        inject,
        `The shots are heard again ${inject.metres} m off, an echo`,
      );
    case "callEnds":
      return said(targets.callEnds(inject.as), inject, `The call is ${inject.as.toLowerCase()}`);
    case "clear":
      return clear(inject, targets);
    default:
      return assertNever(inject);
  }
}

const said = (made: boolean, { kind }: WorldInject, words: string): string =>
  made ? words : `Refused: ${kind}, there was no such report yet`;

function helicopter(inject: Extract<WorldInject, { kind: "helicopter" }>, targets: WorldTargets): string {
  const at = nearPlace(inject.uid, targets);
  targets.sky.helicopters.add({
    ...at,
    cooperative: inject.cooperative,
    callSign: inject.callSign,
    altAmslM: targets.world.terrain.groundAmslM(at.eastM, at.northM) + inject.altAglM,
    speedMps: inject.speedMps,
    fromDeg: inject.fromDeg,
    passM: inject.passM,
  });
  targets.standing.begin("helicopter", "*", () => targets.sky.helicopters.clear());
  return `Helicopter ${inject.callSign}${inject.cooperative ? "" : ", silent,"} passes at ${inject.passM} m`;
}

function nearPlace(uid: string | undefined, targets: WorldTargets): { eastM: number; northM: number } {
  const flying = uid === undefined ? undefined : targets.sky.placeOf(uid);
  return flying ?? targets.world.frame.toLocal(targets.lastPlace() ?? targets.middle());
}

/** Half way between the aircraft and where it is wanted, so that it lies on the route; without an aircraft over the place. */
function restriction(inject: Extract<WorldInject, { kind: "tfr" }>, targets: WorldTargets): string {
  const here = nearPlace(inject.uid, targets);
  const there = targets.world.frame.toLocal(targets.lastPlace() ?? targets.middle());
  const middle = { eastM: (here.eastM + there.eastM) / 2, northM: (here.northM + there.northM) / 2 };
  const fromMs = targets.nowMs();
  targets.sky.restrict({
    notam: inject.notam,
    centre: targets.world.frame.toGeo(middle),
    radiusM: inject.radiusM,
    fromMs,
    untilMs: fromMs + inject.seconds * 1000,
  });
  const { notam } = inject;
  targets.after(
    inject.seconds * 1000,
    targets.standing.begin("tfr", notam, () => targets.sky.unrestrict(notam)),
  );
  return `TFR ${inject.notam}: ${inject.radiusM} m for ${inject.seconds} s`;
}

function gustFront(inject: Extract<WorldInject, { kind: "gustFront" }>, targets: WorldTargets): string {
  const { standing, wind, after } = targets;
  // One front at a time: two that rise and fall through each other would leave a wind that nobody asked for.
  standing.end("gustFront");
  let over = false;
  const end = standing.begin("gustFront", "*", () => {
    over = true;
    wind.front(undefined);
  });
  const part = (share: number): void => {
    if (!over) wind.front({ to: inject, part: share });
  };
  const steps = Math.max(1, Math.round(inject.riseS));
  for (let i = 1; i <= steps; i++) {
    const afterMs = (i / steps) * inject.riseS * 1000;
    after(afterMs, () => part(i / steps));
    after((inject.riseS + inject.seconds) * 1000 + afterMs, i === steps ? end : () => part(1 - i / steps));
  }
  return `Gust front: ${inject.windMps} m/s, gusts ${inject.gustMps}`;
}

function weather(
  inject: Extract<WorldInject, { kind: "weather" }>,
  { standing, weather: layers, after }: WorldTargets,
): string {
  const { kind, seconds, ...ordered } = inject;
  const words = weatherWords(ordered);
  if (words.length === 0) return "Refused: weather, nothing of it was to change";
  const end = standing.begin(kind, "*", layers.put(ordered));
  if (seconds !== undefined) after(seconds * 1000, end);
  return `Weather: ${words.join(", ")}${seconds === undefined ? "" : ` for ${seconds} s`}`;
}

function weatherWords(ordered: Omit<Extract<WorldInject, { kind: "weather" }>, "kind" | "seconds">): readonly string[] {
  const { rain, temperatureC, visibilityM, ceilingAglM } = ordered;
  return [
    ...(rain === undefined ? [] : [rain === "none" ? "no rain" : `${rain} rain`]),
    ...(temperatureC === undefined ? [] : [`${temperatureC} °C`]),
    ...(visibilityM === undefined ? [] : [`visibility ${visibilityM} m`]),
    ...(ceilingAglM === undefined ? [] : [`cloud at ${ceilingAglM} m`]),
  ];
}

/** Ends what stands under that name, there or everywhere, and says so when nothing did. */
function clear({ what, target }: Extract<WorldInject, { kind: "clear" }>, { standing }: WorldTargets): string {
  if (standing.end(what, target) > 0) return `Over: ${what}`;
  return `Refused: clear, no ${what} to end${target === undefined ? "" : ` on ${target}`}`;
}
