import type { SimToStation } from "@outrider/contract";
import { Expectations, type Scenario } from "../scenario/index.js";

type RunEvent = Extract<SimToStation, { kind: "event" }>;

/** What is under way: the scenario, its clock's start, what is still to come, and how well it goes. */
export class RunState {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly runId: string;
  readonly startMs: number;
  readonly expectations: Expectations;
  #next = 0;
  #demoDueMs: number | undefined;
  #demoDone = false;

  constructor(scenario: Scenario, seed: number, runId: string, startMs: number) {
    this.scenario = scenario;
    this.seed = seed;
    this.runId = runId;
    this.startMs = startMs;
    this.expectations = new Expectations(scenario.expect, startMs);
  }

  /** Events that are due now, each once. */
  due(nowMs: number): readonly Scenario["events"][number]["event"][] {
    const events = [...this.scenario.events].sort((a, b) => a.atS - b.atS);
    const found = [];
    for (
      let entry = events[this.#next];
      entry !== undefined && nowMs - this.startMs >= entry.atS * 1000;
      entry = events[this.#next]
    ) {
      found.push(entry.event);
      this.#next += 1;
    }
    return found;
  }

  /** A minute after a pilot signs on something happens by itself, once, so that nobody stares at an empty map. */
  onFact(type: string, tMs: number, afterMs: number): void {
    this.expectations.onFact(type, tMs);
    if (type === "WatchStarted" && this.scenario.comesByItself && !this.#demoDone) this.#demoDueMs ??= tMs + afterMs;
    if (type === "IncidentOpened") this.#demoDone = true;
  }

  demoIsDue(nowMs: number): boolean {
    if (this.#demoDone || this.#demoDueMs === undefined || nowMs < this.#demoDueMs) return false;
    this.#demoDone = true;
    return true;
  }

  event(lane: RunEvent["lane"], text: string, tMs: number): RunEvent {
    return { kind: "event", tMs, lane, text };
  }
}
