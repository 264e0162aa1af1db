import { assertNever, type Clock, type Fact, type GeoPoint, type LaunchView, type RoomViews } from "@outrider/contract";
import { type Deed, dataFits, type TraineeLine } from "@outrider/sim";
import type { RoomView, StormUser } from "../storm/storm-user.js";

export type TraineeDeps = {
  readonly lines: readonly TraineeLine[];
  readonly clock: Clock;
  /** The seat that does everything, and the pilot to whom an aircraft is handed. */
  readonly user: StormUser;
  readonly second: StormUser;
  lastPlace(): GeoPoint | undefined;
  told(what: string): void;
};

type Known = Readonly<Record<string, unknown>>;
const retryMs = 1_000;
const mostTries = 15;

/** A scripted person at the desks: does what the scenario's lines say, through the same doors as a person would. */
export class Trainee {
  readonly #deps: TraineeDeps;
  readonly #seen = new Map<TraineeLine, number>();
  readonly #last = new Map<string, string>();
  #pilot: RoomView | undefined;
  #fleet: RoomView | undefined;

  constructor(deps: TraineeDeps) {
    this.#deps = deps;
  }

  onReady(): void {
    this.#deps.user.join(`pilot:${this.#deps.user.personId}`);
    this.#deps.user.join("fleet");
  }

  onRoom(room: string, view: RoomView): void {
    if (room === "fleet") this.#fleet = view;
    if (room.startsWith("pilot:")) this.#pilot = view;
  }

  /** Lines that come at a time of the run. */
  onStart(): void {
    for (const { atS, afterS, act } of this.#deps.lines)
      if (atS !== undefined) this.#deps.clock.after((atS + afterS) * 1000, () => this.#do(act, {}, 0));
  }

  onFact(fact: Fact): void {
    const known: Known = { ...fact.data };
    for (const [name, value] of Object.entries(known)) if (typeof value === "string") this.#last.set(name, value);
    for (const line of this.#deps.lines) {
      if (line.when === undefined || line.when.fact !== fact.type || !dataFits(line.when.where, fact.data)) continue;
      const seen = (this.#seen.get(line) ?? 0) + 1;
      this.#seen.set(line, seen);
      // A line without a number is meant each time.
      if (line.when.nth !== undefined && line.when.nth !== seen) continue;
      this.#deps.clock.after(line.afterS * 1000, () => this.#do(line.act, known, 0));
    }
  }

  #of(known: Known, name: string): string {
    const value = known[name];
    return typeof value === "string" ? value : (this.#last.get(name) ?? "");
  }

  #do(deed: Deed, known: Known, tries: number): void {
    const { user, told } = this.#deps;
    const uid = this.#of(known, "uid");
    const incidentId = this.#of(known, "incidentId");
    if (tries === 0) told(`trainee: ${deed.do}`);
    switch (deed.do) {
      case "approve":
      case "decline":
        return this.#answer(deed, known, tries);
      case "return":
      case "hold":
      case "land":
        return user.act("fly", { verb: deed.do }, { uid });
      case "takeControl":
        return user.act("takeControl", {}, { uid });
      case "handOver":
        return this.#handOver(deed, uid);
      case "advise":
        return user.act("advise", { text: deed.text, units: deed.units }, { incidentId });
      case "purpose": {
        const { caseNumber, offence, text } = deed;
        return user.act("givePurpose", { caseNumber, offence, text }, { incidentId });
      }
      case "seek":
        return this.#seek(deed, incidentId);
      case "verify":
        return user.act("verifyHit", { verdict: deed.verdict }, { hitId: this.#of(known, "hitId") });
      case "askAircraft":
        return user.act("ask", { kind: "aircraft", reason: deed.reason }, { incidentId });
      case "answerAsk": {
        const { accepted, word } = deed;
        return user.act("answerAsk", { accepted, word }, { askId: this.#of(known, "askId") });
      }
      case "closeFlight": {
        const { purpose, category } = deed;
        return user.act("closeFlight", { purpose, category }, { launchId: this.#of(known, "launchId") });
      }
      case "acknowledgeAlarms":
        return this.#acknowledge();
      default:
        return assertNever(deed);
    }
  }

  /** The card must be on the screen before it can be answered. */
  #answer(deed: Extract<Deed, { do: "approve" | "decline" }>, known: Known, tries: number): void {
    const launchId = this.#of(known, "launchId");
    // The station sends each room its own view; the name says which.
    const pilot = this.#pilot?.parsed as RoomViews["pilot"] | undefined;
    const launch = pilot?.launches.find((one) => one.launchId === launchId && one.phase === "proposed");
    if (launch !== undefined) return deed.do === "approve" ? this.#approve(launch) : this.#decline(launch, deed.reason);
    if (tries < mostTries) this.#deps.clock.after(retryMs, () => this.#do(deed, known, tries + 1));
  }

  #approve(launch: LaunchView): void {
    const { user } = this.#deps;
    const params = { launchId: launch.launchId };
    for (const gate of launch.gates)
      if (gate.state === "unknown")
        user.act("settleGate", { version: launch.version, gate: gate.gate, text: "Looked myself" }, params);
    user.act("approveLaunch", { version: launch.version, nonce: launch.nonce, uid: launch.choice.uid }, params);
  }

  #decline(launch: LaunchView, reason: string): void {
    this.#deps.user.act("declineLaunch", { version: launch.version, reason }, { launchId: launch.launchId });
  }

  #handOver(deed: Extract<Deed, { do: "handOver" }>, uid: string): void {
    const { user, second, clock } = this.#deps;
    user.act("offerControl", { to: second.personId, text: deed.text }, { uid });
    clock.after(deed.acceptS * 1000, () => second.act("acceptControl", {}, { uid }));
  }

  #seek(deed: Extract<Deed, { do: "seek" }>, incidentId: string): void {
    const { user, lastPlace, clock } = this.#deps;
    const { do: _, ...looks } = deed;
    const point = lastPlace();
    if (point === undefined) return;
    const present = Object.fromEntries(Object.entries(looks).filter(([, value]) => value !== undefined));
    user.act("seekVehicle", { ...present, point, seenAtMs: clock.nowMs() - 20_000 }, { incidentId });
  }

  #acknowledge(): void {
    const fleet = this.#fleet?.parsed as RoomViews["fleet"] | undefined;
    for (const alarm of fleet?.alarms ?? [])
      if (alarm.acknowledgedBy === undefined) this.#deps.user.act("acknowledgeAlarm", {}, { alarmId: alarm.alarmId });
  }
}
