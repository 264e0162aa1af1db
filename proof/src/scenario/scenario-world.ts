import type { Chance, Clock } from "@outrider/contract";
import { type AirDataDoor, airDataDoor, type Scenario, Sim, scenarioSchema } from "@outrider/sim";
import { type StationMachine, type Surroundings, WorldMachine } from "../storm/machines.js";
import { WireTap } from "../storm/wire-tap.js";

const ANSWER_MS = 2;

/** Before the trainer starts the run the fleet stands, reads its parameters and gets its positions. */
const before = (scenario: Scenario): Scenario =>
  scenarioSchema.parse({
    ...scenario,
    id: "before",
    title: "Before the run",
    events: [],
    expect: [],
    trainee: undefined,
    comesByItself: false,
  });

/** The simulated city of one scenario, in the storm's world of simulated time and network. */
export class ScenarioWorld extends WorldMachine {
  readonly #scenario: Scenario;
  #air: AirDataDoor | undefined;

  constructor(around: Surroundings, station: StationMachine, scenario: Scenario) {
    super(around, station, new WireTap());
    this.#scenario = scenario;
  }

  protected override run(chance: Chance): void {
    const datagrams = this.around.net.datagrams(this.clock);
    this.sim = new Sim({ ...this.simDeps(chance), datagrams, scenarios: [before(this.#scenario), this.#scenario] });
    this.#air = airDataDoor(this.sim);
    this.sim.start();
  }

  /** The simulated receiver's pages, as a station asks for them over HTTP; nothing listens on a stream. */
  sky(clock: Clock): ReturnType<NonNullable<Surroundings["sky"]>> {
    return {
      dialer: { dial: () => () => undefined },
      http: {
        request: ({ url }, done) => {
          clock.after(ANSWER_MS, () => {
            const page = this.#air?.page(new URL(url).pathname);
            done({ kind: "ok", status: page === undefined ? 404 : 200, body: page?.body ?? "" });
          });
        },
      },
    };
  }
}
