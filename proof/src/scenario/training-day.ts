import type { Fact, FactOf, RoomViews } from "@outrider/contract";
import type { Scenario, SignTools } from "@outrider/sim";
import { EventQueue, ProcessClock } from "../storm/event-queue.js";
import { BridgeMachine, StationMachine, type StormHttp, type Surroundings, stormOrigin } from "../storm/machines.js";
import { SeededChance } from "../storm/seeded-chance.js";
import { SimNetwork } from "../storm/sim-network.js";
import type { StormSite } from "../storm/storm-site.js";
import { StormUser } from "../storm/storm-user.js";
import { ScenarioWorld } from "./scenario-world.js";

export type TrainingDayOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly site: StormSite;
  readonly tools: SignTools;
};

const startMs = 1_767_225_600_000;

/** Station, bridge and simulator over simulated time, with a trainer and a trainee at two desks of their own. */
export class TrainingDay {
  readonly facts: Fact[] = [];
  readonly trainer: StormUser;
  readonly trainee: StormUser;
  readonly #queue = new EventQueue(startMs);
  readonly #station: StationMachine;
  readonly #http: StormHttp;
  /** The newest view of each room, by who has it open. */
  readonly #views = new Map<string, unknown>();
  #cookie = "";

  constructor({ scenario, seed, site, tools }: TrainingDayOptions) {
    const net = new SimNetwork(new SeededChance(seed, 98));
    const sky: Surroundings["sky"] = (clock) => world.sky(clock);
    const around: Surroundings = { queue: this.#queue, net, site, seed, tools, log: () => undefined, sky };
    this.#station = new StationMachine(around);
    const bridge = new BridgeMachine(around);
    const world = new ScenarioWorld(around, this.#station, scenario);
    this.#station.onStation = (station) => station.kernel.onDurable((fact) => this.facts.push(fact));
    const clock = new ProcessClock(this.#queue);
    this.#http = world.http(clock);
    const user = (role: "trainer" | "pic", rooms: (personId: string) => readonly string[]): StormUser => {
      const one: StormUser = new StormUser({
        clock,
        net,
        http: this.#http,
        role,
        onReady: () => {
          for (const room of rooms(one.personId)) one.join(room);
        },
        onRoom: ({ room }, view) => void this.#views.set(`${role} ${room.replace(/:.*/, "")}`, view.parsed),
      });
      return one;
    };
    this.trainer = user("trainer", () => ["trainer"]);
    this.trainee = user("pic", (personId) => [`pilot:${personId}`, "fleet"]);
    for (const machine of [this.#station, bridge, world]) machine.boot();
    for (const one of [this.trainer, this.trainee]) one.start();
  }

  get lastSeq(): number {
    return this.facts.at(-1)?.seq ?? 0;
  }

  /** What stands on a desk now. */
  view<R extends "trainer" | "pilot" | "fleet">(room: R): RoomViews[R] {
    const view = this.#views.get(room === "trainer" ? "trainer trainer" : `pic ${room}`);
    if (view === undefined) throw new Error(`nobody was sent the room ${room} yet`);
    // The station's own view of the room of that name.
    return view as RoomViews[R];
  }

  pass(seconds: number): void {
    const untilMs = this.#queue.nowMs + seconds * 1000;
    while (this.#queue.step(untilMs));
  }

  /** Until it is so, a tenth of a second at a time; throws where it does not come. */
  until(what: string, withinS: number, is: () => boolean): void {
    for (let tenths = 0; tenths < withinS * 10; tenths++) {
      if (is()) return;
      this.pass(0.1);
    }
    throw new Error(
      `${what}: not within ${withinS} s; the last facts: ${this.facts
        .slice(-12)
        .map((one) => one.type)
        .join(", ")}`,
    );
  }

  /** The first such fact after a place in the record. */
  fact<T extends Fact["type"]>(type: T, afterSeq: number, withinS: number): FactOf<T> {
    const find = (): FactOf<T> | undefined =>
      // The type is what was asked for: the compiler does not follow it through a type parameter.
      this.facts.find((one) => one.seq > afterSeq && one.type === type) as FactOf<T> | undefined;
    this.until(`${type} after ${afterSeq}`, withinS, () => find() !== undefined);
    const found = find();
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  /** Done by somebody at his desk; the answer's status and body. */
  done(act: (done: (status: number, body: unknown) => void) => void): {
    readonly status: number;
    readonly body: unknown;
  } {
    let answer: { readonly status: number; readonly body: unknown } | undefined;
    act((status, body) => {
      answer = { status, body };
    });
    this.until("an answer", 5, () => answer !== undefined);
    return answer ?? { status: 0, body: undefined };
  }

  /** What the trainer's browser would read at an address of the interface. */
  read(path: string, query = ""): unknown {
    if (this.#cookie === "") this.#signIn();
    const answer = this.#ask({
      method: "GET",
      url: `${stormOrigin}/api/v1${path}${query}`,
      headers: { cookie: this.#cookie },
      body: "",
    });
    return JSON.parse(answer.body);
  }

  #signIn(): void {
    const headers = { "content-type": "application/json", origin: stormOrigin };
    const body = JSON.stringify({ demoRole: "trainer" });
    const answer = this.#ask({ method: "POST", url: `${stormOrigin}/api/v1/session`, headers, body });
    this.#cookie = (answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
  }

  #ask(request: Parameters<StormHttp["request"]>[0]): { headers: Readonly<Record<string, string>>; body: string } {
    let heard: { headers: Readonly<Record<string, string>>; body: string } | undefined;
    this.#http.request(request, (answer) => {
      if (answer.kind === "error") throw answer.error;
      heard = answer;
    });
    this.until(`an answer of ${request.url}`, 5, () => heard !== undefined);
    return heard ?? { headers: {}, body: "" };
  }
}
