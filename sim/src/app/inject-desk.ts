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

const radioKinds: ReadonlySet<AnyInject["kind"]> = new Set([
  "linkLoss",
  "linkBeyond",
  "radioSilence",
  "foreignStation",
] satisfies AnyInject["kind"][]);

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
    const past = this.#pastOurRadio(inject);
    if (past !== undefined) return past;
    return isWorldInject(inject) ? applyWorldInject(inject, this.#world()) : applyInject(inject, this.#targets());
  }

  /** A real PX4 speaks to the bridge by itself: an inject that breaks our radio would break nothing, and must say so. */
  #pastOurRadio(inject: AnyInject): string | undefined {
    if (!radioKinds.has(inject.kind)) return undefined;
    const uid = "uid" in inject ? inject.uid : undefined;
    const meant = this.#deps.sim.aircraft.filter((host) => uid === undefined || host.config.uid === uid);
    if (meant.some((host) => !host.ownRadio) || meant.length === 0) return undefined;
    const names = meant.map((host) => host.config.callSign).join(", ");
    return `${inject.kind}: not made, a real PX4 flies ${names} and its radio does not pass through the simulator`;
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
        sim.afterInRun(delayMs, run);
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
