import type { AnyInject } from "@outrider/contract";
import type { AirEnvironment } from "../air/index.js";
import type { FaultKind, FaultSet } from "../faults/index.js";
import type { IncidentMaker } from "./incident-maker.js";
import { applyInject, type InjectTargets } from "./injector.js";
import type { ReaderPosts } from "./reader-posts.js";
import type { Sim } from "./sim.js";
import { middleOf, windField } from "./sim-world.js";
import { StandingInjects } from "./standing-injects.js";
import { WeatherLayers } from "./weather-layers.js";
import { WindLayers } from "./wind-layers.js";
import { applyWorldInject, isWorldInject, type WorldTargets } from "./world-injector.js";

export type InjectDeskDeps = {
  readonly sim: Sim;
  readonly faults: FaultSet;
  readonly incidents: IncidentMaker;
  readonly readers: ReaderPosts;
  readonly videoOffUntilMs: Map<string, number>;
  changeAir(change: Partial<Pick<AirEnvironment, "wind" | "temperatureC" | "sky">>): void;
};

const radioKinds: ReadonlySet<AnyInject["kind"]> = new Set([
  "linkLoss",
  "linkBeyond",
  "radioSilence",
  "foreignStation",
] satisfies AnyInject["kind"][]);
/** What our physics and our dock do, whoever flies; every other fault is one of our radio or our autopilot. */
const faultsOfThings: ReadonlySet<FaultKind> = new Set([
  "gps-jump",
  "gps-stop",
  "battery-sag",
  "motor-loss",
  "jammed-dock",
] satisfies FaultKind[]);

/** The aircraft or dock that an inject names, after `@flying` and the like were resolved; undefined: none. */
const dockOf = (inject: AnyInject): string | undefined => {
  if ("dockId" in inject) return inject.dockId;
  if (inject.kind === "fault" && inject.fault.kind === "jammed-dock") return inject.target;
  if (inject.kind !== "clear") return undefined;
  return inject.what === "dockJam" || inject.what === "jammed-dock" ? inject.target : undefined;
};
const aircraftOf = (inject: AnyInject): string | undefined => {
  if ("uid" in inject) return inject.uid;
  if (inject.kind !== "fault" && inject.kind !== "clear") return undefined;
  return dockOf(inject) === undefined ? inject.target : undefined;
};

/** Where injects of the trainer and of scenarios arrive; `@flying` and the like are named here, when it happens. */
export class InjectDesk {
  readonly #deps: InjectDeskDeps;
  readonly #standing = new StandingInjects();
  readonly #wind: WindLayers;
  readonly #weather: WeatherLayers;

  constructor(deps: InjectDeskDeps) {
    this.#deps = deps;
    this.#wind = new WindLayers(
      () => ({ windMps: deps.sim.wind.windMps, fromDeg: deps.sim.wind.windFromDeg, gustMps: deps.sim.wind.gustMps }),
      (wind) => deps.changeAir({ wind: windField(wind) }),
    );
    this.#weather = new WeatherLayers(
      () => ({ temperatureC: deps.sim.air.temperatureC, sky: deps.sim.air.sky }),
      (air) => deps.changeAir(air),
    );
  }

  /** Another run begins: nothing is broken and nothing blows that is not its own. */
  forget(): void {
    const { faults, videoOffUntilMs, readers } = this.#deps;
    this.#standing.forget();
    this.#wind.forget();
    this.#weather.forget();
    faults.clearAll();
    videoOffUntilMs.clear();
    readers.misread = false;
  }

  /** Makes it happen and gives the line for the timeline. */
  make(wanted: AnyInject): string {
    const inject = this.#addressed(wanted);
    if (inject === undefined) return `${wanted.kind}: nothing flies that it could mean`;
    const unknown = this.#unknown(inject);
    if (unknown !== undefined) return `Refused: ${inject.kind}, ${unknown}`;
    const past = this.#pastOurRadio(inject);
    if (past !== undefined) return past;
    return isWorldInject(inject) ? applyWorldInject(inject, this.#world()) : applyInject(inject, this.#targets());
  }

  /** A real PX4 speaks to the bridge by itself: an inject that breaks our radio would break nothing, and must say so. */
  #pastOurRadio(inject: AnyInject): string | undefined {
    const ofRadio = inject.kind === "fault" ? !faultsOfThings.has(inject.fault.kind) : radioKinds.has(inject.kind);
    if (!ofRadio) return undefined;
    const named = aircraftOf(inject);
    const uid = named === "*" ? undefined : named;
    const meant = this.#deps.sim.aircraft.filter((host) => uid === undefined || host.config.uid === uid);
    if (meant.some((host) => !host.ownRadio) || meant.length === 0) return undefined;
    const names = meant.map((host) => host.config.callSign).join(", ");
    return `${inject.kind}: not made, a real PX4 flies ${names} and its radio does not pass through the simulator`;
  }

  /** A word that means nothing here would be told as done and break nothing. */
  #unknown(inject: AnyInject): string | undefined {
    const { sim } = this.#deps;
    const dock = dockOf(inject);
    if (dock !== undefined && dock !== "*" && !sim.deps.config.docks.some((one) => one.dockId === dock))
      return `no dock ${dock} here`;
    if (inject.kind === "clear") return undefined;
    const uid = aircraftOf(inject);
    if (uid !== undefined && uid !== "*" && !sim.aircraft.some((one) => one.config.uid === uid))
      return `no aircraft ${uid} here`;
    return undefined;
  }

  /** With plain names in the place of `@flying` and the like; undefined where nothing flies that it could mean. */
  #addressed(inject: AnyInject): AnyInject | undefined {
    const { sky } = this.#deps.sim;
    const dock = dockOf(inject);
    const uid = aircraftOf(inject);
    if (dock === undefined && uid === undefined) return inject;
    const name = dock === undefined ? sky.uidOf(uid ?? "") : sky.dockOf(dock);
    if (name === undefined) return undefined;
    if ("dockId" in inject) return { ...inject, dockId: name };
    if (inject.kind === "fault" || inject.kind === "clear") return { ...inject, target: name };
    return "uid" in inject ? { ...inject, uid: name } : inject;
  }

  #targets(): InjectTargets {
    const { sim, faults, readers, incidents, videoOffUntilMs } = this.#deps;
    const { clock } = sim;
    return {
      faults,
      standing: this.#standing,
      wind: this.#wind,
      nowMs: () => clock.nowMs(),
      after: (delayMs, run) => {
        sim.afterInRun(delayMs, run);
      },
      setMisread: (on) => {
        readers.misread = on;
      },
      secondAlert: (distanceM) => incidents.otherShots(distanceM),
      callerMoves: (metres) => incidents.correctCall(metres),
      videoLoss: (uid, untilMs) => {
        if (untilMs === undefined) videoOffUntilMs.delete(uid);
        else videoOffUntilMs.set(uid, untilMs);
      },
      foreignStation: (uid, seconds) =>
        sim.aircraft.find((host) => host.config.uid === uid)?.hearForeignStation(seconds, clock) ?? (() => undefined),
    };
  }

  #world(): WorldTargets {
    const { sim, incidents } = this.#deps;
    return {
      ...this.#targets(),
      sky: sim.sky,
      weather: this.#weather,
      world: sim.deps.world,
      lastPlace: () => incidents.lastPoint,
      middle: () => middleOf(sim.deps.config),
      callerRepeats: (metres) => incidents.callAgain(metres),
      falseAlarm: () => incidents.shotsWereFireworks(),
      shotsEcho: (metres) => incidents.shotsEcho(metres),
      callEnds: (as) => incidents.callEnds(as),
    };
  }
}
