import { type Chance, config, type SimToStation, type StationToSim, simToStation } from "@outrider/contract";
import { HandClock, siteConfig } from "@outrider/contract/testing";
import { worldFromCity } from "@outrider/geo";
import { generateCity } from "../../city/index.js";
import { type Scenario, scenarioSchema } from "../../scenario/index.js";
import { Sim } from "../sim.js";

/** Chance of the machine: never the same twice, so that nothing of a run may rest on it. */
function wildChance(): Chance {
  let n = 0;
  const next = (by: number): number => {
    n += by;
    return n;
  };
  return {
    unit: () => next(0.618_034) % 1,
    bytes: (length) => new Uint8Array(length).fill(next(1) & 0xff),
    id: (prefix) => `${prefix}_${next(1).toFixed(3)}`,
  };
}

const scenarioOf = (id: string, more: Partial<Scenario> = {}): Scenario =>
  scenarioSchema.parse({
    id,
    title: id,
    text: id,
    minutes: 10,
    vehicles: 30,
    wind: { windMps: 4, fromDeg: 265, gustMps: 7 },
    comesByItself: false,
    events: [],
    expect: [],
    ...more,
  });

const city = generateCity(7);
const world = worldFromCity(city);
const point = { latDeg: 39.74, lonDeg: -104.99 };

function lonelySite(at: typeof point) {
  const corner = (n: number, e: number) => ({ latDeg: at.latDeg + n * 0.01, lonDeg: at.lonDeg + e * 0.01 });
  return config.parse({
    ...siteConfig([corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1)]),
    aircraftTypes: {},
    aircraft: [{ uid: "aa00000000000001", callSign: "OSPREY", dockId: "dock-1", type: "q", videoPort: 5600 }],
    docks: [{ dockId: "dock-1", name: "Dock 1", point: at, type: "dock" }],
  });
}

/** A simulator in memory with nobody but a station's end of the sim wire, and a list of what its sensors posted. */
export function lonelySim(scenario: Partial<Scenario>) {
  const wall = new HandClock(1_767_225_600_000);
  const said: SimToStation[] = [];
  const posted: unknown[] = [];
  let obey: (text: string) => void = () => undefined;
  const sim = new Sim({
    config: lonelySite(world.frame.toGeo({ eastM: 0, northM: 0 })),
    city,
    world,
    wall,
    chance: wildChance(),
    datagrams: { bind: () => ({ send: () => undefined, close: () => undefined }) },
    dialer: {
      dial: (url, _headers, handlers) => {
        if (url.endsWith("/sim")) {
          obey = (text) => handlers.onMessage(text);
          handlers.onOpen({
            send: (data) => void said.push(simToStation.parse(JSON.parse(String(data)))),
            bufferedBytes: () => 0,
            close: () => undefined,
          });
        }
        return () => undefined;
      },
    },
    http: {
      request: ({ body }, done) => {
        posted.push(JSON.parse(String(body)));
        done({ kind: "ok", status: 202, body: "{}" });
      },
    },
    tools: { sha256Hex: () => "0", hmacSha256Hex: () => "0" },
    keys: {
      cad: { sourceId: "cad", keyId: "1", keyHex: "00" },
      shots: { sourceId: "shots", keyId: "1", keyHex: "00" },
      readers: { sourceId: "readers", keyId: "1", keyHex: "00" },
    },
    stationUrl: "http://127.0.0.1:8080",
    docksUrl: "ws://127.0.0.1:8090/dock",
    token: "t",
    dockToken: "t",
    scenarios: [scenarioOf("before"), scenarioOf("chase", scenario)],
    log: () => undefined,
    seed: 1,
    lowFidelity: true,
    demoAfterMs: 60_000,
  });
  sim.start();
  return { sim, wall, said, posted, say: (message: StationToSim) => obey(JSON.stringify(message)) };
}
