import { type AnyInject, assertNever, type GeoPoint, type WorldInject } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { FaultKind } from "../faults/index.js";
import type { InjectTargets } from "./injector.js";
import type { Sky } from "./sky.js";

type Wind = { readonly windMps: number; readonly fromDeg: number; readonly gustMps: number };

export type WorldTargets = Pick<InjectTargets, "faults" | "nowMs" | "after" | "setWind" | "setMisread"> & {
  readonly sky: Sky;
  readonly world: World;
  wind(): Wind;
  lastPlace(): GeoPoint | undefined;
  middle(): GeoPoint;
  callerRepeats(metres: number): void;
  falseAlarm(): void;
  videoBack(): void;
};

const worldKinds: readonly string[] = [
  "helicopter",
  "radioSilence",
  "gustFront",
  "tfr",
  "linkBeyond",
  "callerRepeats",
  "falseAlarm",
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
    case "radioSilence": {
      const id = targets.faults.inject("*", { kind: "dead-link" }, targets.nowMs());
      targets.after(inject.seconds * 1000, () => targets.faults.clear(id));
      return `All radio links silent for ${inject.seconds} s`;
    }
    case "gustFront":
      return gustFront(inject, targets);
    case "tfr":
      return restriction(inject, targets);
    case "linkBeyond":
      if (inject.on) targets.sky.castShadow(inject.uid, inject.beyondM);
      else targets.sky.endShadow(inject.uid);
      return inject.on ? `No link beyond ${inject.beyondM} m of the dock` : "The hill is out of the way";
    case "callerRepeats":
      targets.callerRepeats(inject.metres);
      return `A second caller, ${inject.metres} m off`;
    case "falseAlarm":
      targets.falseAlarm();
      return "The gunshot network takes back its alert";
    case "clear":
      return clear(inject.what, inject.target, targets);
    default:
      return assertNever(inject);
  }
}

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
  return `TFR ${inject.notam}: ${inject.radiusM} m for ${inject.seconds} s`;
}

function gustFront(inject: Extract<WorldInject, { kind: "gustFront" }>, targets: WorldTargets): string {
  const before = targets.wind();
  const share = (part: number): Wind => ({
    windMps: before.windMps + (inject.windMps - before.windMps) * part,
    // The direction turns with the front itself, not through the compass.
    fromDeg: part > 0 ? inject.fromDeg : before.fromDeg,
    gustMps: before.gustMps + (inject.gustMps - before.gustMps) * part,
  });
  const steps = Math.max(1, Math.round(inject.riseS));
  for (let i = 1; i <= steps; i++) {
    const afterMs = (i / steps) * inject.riseS * 1000;
    targets.after(afterMs, () => targets.setWind(share(i / steps)));
    targets.after((inject.riseS + inject.seconds) * 1000 + afterMs, () => targets.setWind(share(1 - i / steps)));
  }
  return `Gust front: ${inject.windMps} m/s, gusts ${inject.gustMps}`;
}

const faultOf: Readonly<Record<string, FaultKind>> = {
  linkLoss: "dead-link",
  radioSilence: "dead-link",
  positionJump: "gps-jump",
  gpsLoss: "gps-stop",
  batterySag: "battery-sag",
  rotorLoss: "motor-loss",
  dockJam: "jammed-dock",
};

function clear(what: string, target: string | undefined, targets: WorldTargets): string {
  const kind = faultOf[what];
  for (const one of targets.faults.list()) {
    if (one.fault.kind === kind && (target === undefined || one.target === target || one.target === "*"))
      targets.faults.clear(one.id);
  }
  if (what === "helicopter") targets.sky.helicopters.clear();
  if (what === "tfr") targets.sky.unrestrict();
  if (what === "linkBeyond" && target !== undefined) targets.sky.endShadow(target);
  if (what === "plateMisread") targets.setMisread(false);
  if (what === "videoLoss") targets.videoBack();
  return `Over: ${what}`;
}
