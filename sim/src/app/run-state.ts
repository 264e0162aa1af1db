import type { RunBranch, SimToStation } from "@outrider/contract";
import { Expectations, type Scenario, type TimedEvent, Timeline } from "../scenario/index.js";

type RunEvent = Extract<SimToStation, { kind: "event" }>;

/** What is under way: the scenario, its clock's start, what is still to come, and how well it goes. */
export class RunState {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly runId: string;
  readonly startMs: number;
  readonly expectations: Expectations;
  readonly #timeline: Timeline<TimedEvent>;
  #demoDueMs: number | undefined;
  #demoDone = false;

  readonly branch: RunBranch | undefined;

  constructor(scenario: Scenario, seed: number, runId: string, startMs: number, branch?: RunBranch) {
    this.branch = branch;
    this.scenario = scenario;
    this.seed = seed;
    this.runId = runId;
    this.startMs = startMs;
    this.#timeline = new Timeline(scenario.events, startMs);
    this.expectations = new Expectations(scenario.expect, startMs);
  }

  /** Events that are due now, each once. */
  due(nowMs: number): readonly TimedEvent["event"][] {
    return this.#timeline.due(nowMs).map((one) => one.event);
  }

  /** A minute after a pilot signs on something happens by itself, once, so that nobody stares at an empty map. */
  onFact(type: string, tMs: number, data: unknown, afterMs: number): void {
    this.expectations.onFact(type, tMs, data);
    this.#timeline.onFact(type, tMs, data);
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
