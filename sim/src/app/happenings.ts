import { type AnyInject, assertNever, type Chance, type Clock } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { Happening } from "../scenario/index.js";
import { randomLooks } from "../traffic/index.js";
import type { IncidentMaker } from "./incident-maker.js";
import type { StreetLife } from "./street-life.js";

export type HappeningsDeps = {
  readonly incidents: IncidentMaker;
  readonly streets: StreetLife;
  readonly world: World;
  readonly chance: Chance;
  readonly clock: Clock;
  inject(inject: AnyInject): void;
};

/** What somebody asks for by hand is reported at once: the shots were some seconds before. */
const reportedNow = { errorM: 15, delayS: 15, firedAgoS: 15 } as const;

/** Makes what a scenario or a trainer wants to happen. */
export class Happenings {
  readonly #deps: HappeningsDeps;

  constructor(deps: HappeningsDeps) {
    this.#deps = deps;
  }

  demo(which: "call" | "shots" | "both" | "pursuit"): void {
    if (which === "pursuit") return this.happen({ kind: "pursuit", title: "Shots fired, car leaving" });
    if (which !== "shots")
      this.happen({
        kind: "call",
        callType: "SHOOT",
        title: "Shots heard",
        narrative: "Caller heard several bangs, a car left fast.",
        radiusM: 40,
        priority: 9,
      });
    if (which === "shots") this.#deps.incidents.shots({ rounds: 4, ...reportedNow });
    else if (which === "both")
      this.#deps.clock.after(3_000, () => this.#deps.incidents.shots({ rounds: 4, ...reportedNow }));
  }

  happen(event: Happening): void {
    switch (event.kind) {
      case "call":
        return this.#deps.incidents.call(event);
      case "shots":
        return this.#deps.incidents.shots(event);
      case "shotsWereFireworks":
        this.#deps.incidents.shotsWereFireworks();
        return;
      case "pursuit":
        return this.#pursuit(event);
      case "suspectTurns": {
        const { route, runsSignals = false, stops = false } = event;
        this.#deps.streets.suspectTurns({ legs: route, runsSignals, stops });
        return;
      }
      case "crowd":
        return this.#crowd(event);
      case "crowdGoes":
        return this.#deps.streets.disperse();
      case "inject":
        return this.#deps.inject(event.inject);
      default:
        return assertNever(event);
    }
  }

  #crowd(event: Extract<Happening, { kind: "crowd" }>): void {
    const { world, incidents, streets, clock } = this.#deps;
    const point = event.point ?? incidents.lastPoint;
    if (point === undefined) return;
    const { people, radiusM, stayS } = event;
    streets.gather({ at: world.frame.toLocal(point), people, radiusM, stayS }, clock.nowMs());
  }

  /** Shots, and a car that leaves: the caller describes it, readers will see it. */
  #pursuit({ route = [], runsSignals = false, stops = false }: Extract<Happening, { kind: "pursuit" }>): void {
    this.#deps.incidents.shots({ rounds: 3, ...reportedNow });
    const from = this.#deps.incidents.lastPoint;
    const { world, chance, streets } = this.#deps;
    const looks = {
      ...randomLooks(chance),
      plate: "7KBM042",
      color: "silver",
      make: "honda",
      model: "accord",
      body: "sedan",
    };
    streets.suspect(looks, from && world.frame.toLocal(from), { legs: route, runsSignals, stops });
    this.#deps.clock.after(4_000, () => {
      this.#deps.incidents.call({
        callType: "SHOOT",
        title: "Shots, car leaving",
        narrative: `Silver Honda sedan left fast, plate may be ${looks.plate}.`,
        point: from,
        radiusM: 30,
        priority: 9,
      });
    });
  }
}
