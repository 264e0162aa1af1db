import type { AircraftConfig, DockConfig } from "@outrider/contract";
import type { AirEnvironment } from "../air/index.js";
import type { AutopilotWorld } from "../autopilot/index.js";
import type { FaultSet } from "../faults/index.js";
import { Px4Air, px4SiteParameters } from "../hil/index.js";
import { AircraftHost } from "./aircraft-host.js";
import { Px4Host, type Px4Seats } from "./px4-host.js";
import { RadioSigning } from "./radio-signing.js";
import type { SimDeps } from "./sim.js";
import type { SimAircraft } from "./sim-aircraft.js";

export type FleetWish = {
  readonly deps: SimDeps;
  readonly environment: { readonly env: AirEnvironment };
  readonly faults: FaultSet;
  readonly startMs: number;
  readonly runMs: () => number;
};

/** The aircraft of the configuration, each on its dock: flown by the simulator's own autopilot, or by a real PX4. */
export function makeAircraft(wish: FleetWish): readonly SimAircraft[] {
  const { deps, environment } = wish;
  const world: AutopilotWorld = {
    frame: deps.world.frame,
    get env() {
      return environment.env;
    },
    epochUnixMs: 0,
    geoidUndulationM: deps.world.geoidUndulationM,
  };
  const air = airOf(wish);
  return deps.config.aircraft.map((aircraft, index) => {
    const dock = dockOf(deps.config.docks, aircraft);
    const { px4 } = deps;
    const seed = deps.seed + index * 97;
    return px4?.flies(aircraft.callSign)
      ? flownByPx4(wish, { aircraft, index, dock, world, seed, seats: px4, air })
      : flownByOurs(wish, { aircraft, index, dock, world, seed });
  });
}

type One = {
  readonly aircraft: AircraftConfig;
  readonly index: number;
  readonly dock: DockConfig;
  readonly world: AutopilotWorld;
  readonly seed: number;
};

/** Where PX4's words to the bridge pass through the simulator. */
function airOf({ deps, faults }: FleetWish): Px4Air | undefined {
  const { px4, datagrams, chance, config, log } = deps;
  if (px4?.radio === undefined || !config.aircraft.some((one) => px4.flies(one.callSign))) return undefined;
  const { host, radio: port } = px4;
  return new Px4Air({
    datagrams,
    host,
    port,
    bridge: { host: "127.0.0.1", port: config.listen.mavlinkUdp },
    chance,
    faults,
    onError: (error) => log("error", "PX4's radio", { port, error: error.message }),
  });
}

type Px4One = One & { readonly seats: Px4Seats; readonly air: Px4Air | undefined };

function flownByPx4({ deps, faults, runMs }: FleetWish, one: Px4One): SimAircraft {
  const { failsafeParameters, aircraftTypes } = deps.config;
  const type = aircraftTypes[one.aircraft.type];
  return new Px4Host({
    aircraft: one.aircraft,
    instance: one.index,
    pad: one.dock.point,
    world: one.world,
    seed: one.seed,
    parameters: px4SiteParameters(failsafeParameters, type),
    gimbal: type?.gimbal !== false,
    faults,
    datagrams: deps.datagrams,
    seats: one.seats,
    radio: one.air?.radio(one.index, one.aircraft.uid),
    runMs,
    log: deps.log,
  });
}

function flownByOurs({ deps, faults, startMs }: FleetWish, one: One): SimAircraft {
  const { config } = deps;
  return new AircraftHost({
    aircraft: one.aircraft,
    sysid: one.index + 1,
    pad: one.dock.point,
    world: one.world,
    seed: one.seed,
    params: Object.fromEntries(Object.entries(config.failsafeParameters).map(([name, { value }]) => [name, value])),
    faults,
    chance: deps.chance,
    datagrams: deps.datagrams,
    bridge: { host: "127.0.0.1", port: config.listen.mavlinkUdp },
    bootMs: startMs,
    lowFidelity: deps.lowFidelity,
    log: deps.log,
    signing: deps.signingKey === undefined ? undefined : new RadioSigning(deps.signingKey, () => deps.wall.nowMs()),
  });
}

function dockOf(docks: readonly DockConfig[], aircraft: AircraftConfig): DockConfig {
  const dock = docks.find((one) => one.dockId === aircraft.dockId);
  if (dock === undefined)
    throw new Error(
      `aircraft ${aircraft.callSign}: its dock ${aircraft.dockId} is not among the docks of the configuration`,
    );
  return dock;
}
