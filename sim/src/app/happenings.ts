import { type AnyInject, assertNever, type Chance, type Clock } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { Happening } from "../scenario/index.js";
import { randomLooks, type Traffic } from "../traffic/index.js";
import type { IncidentMaker } from "./incident-maker.js";

export type HappeningsDeps = {
  readonly incidents: IncidentMaker;
  readonly traffic: Traffic;
  readonly world: World;
  readonly chance: Chance;
  readonly clock: Clock;
  inject(inject: AnyInject): void;
};

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
    if (which === "shots") this.happen({ kind: "shots", rounds: 4, errorM: 15, delayS: 0 });
    else if (which === "both")
      this.#deps.clock.after(3_000, () => this.happen({ kind: "shots", rounds: 4, errorM: 15, delayS: 0 }));
  }

  happen(event: Happening): void {
    switch (event.kind) {
      case "call":
        return this.#deps.incidents.call(event);
      case "shots":
        return this.#deps.incidents.shots(event);
      case "shotsWereFireworks":
        return this.#deps.incidents.shotsWereFireworks();
      case "pursuit":
        return this.#pursuit();
      case "inject":
        return this.#deps.inject(event.inject);
      default:
        return assertNever(event);
    }
  }

  /** Shots, and a car that leaves: the caller describes it, readers will see it. */
  #pursuit(): void {
    this.#deps.incidents.shots({ rounds: 3, errorM: 15 });
    const from = this.#deps.incidents.lastPoint;
    const { world, chance } = this.#deps;
    const spot =
      from &&
      world.roads.nearest(world.frame.toLocal(from), 150, (edge) => world.roads.graph.edges[edge]?.kind !== "path");
    const looks = {
      ...randomLooks(chance),
      plate: "7KBM042",
      color: "silver",
      make: "honda",
      model: "accord",
      body: "sedan",
    };
    this.#deps.traffic.add(looks, true, spot);
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
