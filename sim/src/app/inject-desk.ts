import type { AnyInject } from "@outrider/contract";
import type { WindField } from "../air/index.js";
import type { FaultSet } from "../faults/index.js";
import type { IncidentMaker } from "./incident-maker.js";
import { applyInject, type InjectTargets } from "./injector.js";
import type { ReaderPosts } from "./reader-posts.js";
import type { Sim } from "./sim.js";
import { middleOf, windField } from "./sim-world.js";
import { applyWorldInject, isWorldInject, type WorldTargets } from "./world-injector.js";

export type InjectDeskDeps = {
  readonly sim: Sim;
  readonly faults: FaultSet;
  readonly incidents: IncidentMaker;
  readonly readers: ReaderPosts;
  readonly videoOffUntilMs: Map<string, number>;
  setWind(wind: WindField): void;
};

const correction = {
  callType: "SUSP",
  title: "Caller corrects the place",
  narrative: "It is further down the street.",
  priority: 6,
} as const;

/** Where injects of the trainer and of scenarios arrive; `@flying` and the like are named here, when it happens. */
export class InjectDesk {
  readonly #deps: InjectDeskDeps;

  constructor(deps: InjectDeskDeps) {
    this.#deps = deps;
  }

  /** Makes it happen and gives the line for the timeline. */
  make(wanted: AnyInject): string {
    const inject = this.#addressed(wanted);
    if (inject === undefined) return `${wanted.kind}: nothing flies that it could mean`;
    return isWorldInject(inject) ? applyWorldInject(inject, this.#world()) : applyInject(inject, this.#targets());
  }

  #addressed(inject: AnyInject): AnyInject | undefined {
    const { sky } = this.#deps.sim;
    if ("dockId" in inject) {
      const dockId = sky.dockOf(inject.dockId);
      return dockId === undefined ? undefined : { ...inject, dockId };
    }
    if (inject.kind === "clear") return this.#addressedEnd(inject);
    if (!("uid" in inject) || inject.uid === undefined) return inject;
    const uid = sky.uidOf(inject.uid);
    return uid === undefined ? undefined : { ...inject, uid };
  }

  #addressedEnd(inject: Extract<AnyInject, { kind: "clear" }>): AnyInject {
    const { sky } = this.#deps.sim;
    if (inject.target === undefined) return inject;
    const target = inject.what === "dockJam" ? sky.dockOf(inject.target) : sky.uidOf(inject.target);
    return target === undefined ? inject : { ...inject, target };
  }

  #targets(): InjectTargets {
    const { sim, faults, setWind, readers, incidents, videoOffUntilMs } = this.#deps;
    const { clock } = sim;
    return {
      faults,
      nowMs: () => clock.nowMs(),
      after: (delayMs, run) => {
        clock.after(delayMs, run);
      },
      setWind: (wind) => setWind(windField(wind)),
      setMisread: (on) => {
        readers.misread = on;
      },
      secondAlert: () => incidents.shots({ rounds: 2, errorM: 25 }),
      callerMoves: (metres) => incidents.call({ ...correction, radiusM: Math.max(10, metres) }),
      videoLoss: (uid, seconds) => videoOffUntilMs.set(uid, clock.nowMs() + seconds * 1000),
      foreignStation: (uid, seconds) =>
        sim.aircraft.find((host) => host.config.uid === uid)?.hearForeignStation(seconds, clock),
    };
  }

  #world(): WorldTargets {
    const { sim, incidents, videoOffUntilMs } = this.#deps;
    return {
      ...this.#targets(),
      sky: sim.sky,
      world: sim.deps.world,
      wind: () => ({ windMps: sim.wind.windMps, fromDeg: sim.wind.windFromDeg, gustMps: sim.wind.gustMps }),
      lastPlace: () => incidents.lastPoint,
      middle: () => middleOf(sim.deps.config),
      callerRepeats: (metres) => incidents.callAgain(metres),
      falseAlarm: () => incidents.shotsWereFireworks(),
      videoBack: () => videoOffUntilMs.clear(),
    };
  }
}
