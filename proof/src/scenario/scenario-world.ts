import type { Chance, Clock } from "@outrider/contract";
import { type AirDataDoor, airDataDoor, type Scenario, Sim, type SourceKey, scenarioSchema } from "@outrider/sim";
import { type StationMachine, type Surroundings, stormKeys, stormOrigin, WorldMachine } from "../storm/machines.js";
import { WireTap } from "../storm/wire-tap.js";

/** The tokens that the storm's station and bridge were given. */
const tokens = { bridge: "bridge-token-of-the-storm", sim: "sim-token-of-the-storm" } as const;
const key = (sourceId: string, keyHex: string): SourceKey => ({ sourceId, keyId: "1", keyHex });

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
    const { site, net, tools, seed } = this.around;
    this.sim = new Sim({
      config: site.config,
      city: site.city,
      world: site.world,
      wall: this.clock,
      chance,
      datagrams: net.datagrams(this.clock),
      dialer: net.dialer(this.clock),
      http: this.http(this.clock),
      tools,
      keys: {
        cad: key("demo-cad", stormKeys.cad),
        shots: key("demo-shots", stormKeys.shots),
        readers: key("demo-readers", stormKeys.readers),
      },
      stationUrl: stormOrigin,
      docksUrl: "ws://127.0.0.1:8090/dock",
      token: tokens.sim,
      dockToken: tokens.bridge,
      scenarios: [before(this.#scenario), this.#scenario],
      log: () => undefined,
      seed,
      lowFidelity: true,
      demoAfterMs: 60_000,
    });
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
