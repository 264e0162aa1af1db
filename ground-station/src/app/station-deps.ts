import type {
  Chance,
  CityFile,
  Clock,
  Config,
  Datagrams,
  Disk,
  HttpClient,
  Log,
  OrderSigner,
  RunClock,
} from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { CoverageEngine } from "../coverage/index.js";
import type { ByteDialer, CameraNetwork, TurningNetwork } from "../feeds/index.js";
import type { FleetPart } from "../fleet/index.js";
import type { StaticFiles } from "../http/index.js";
import type { Incidents } from "../incident/index.js";
import type { SourceDoor, SourceSecrets } from "../intake/index.js";
import type { StationContext, StationPart } from "../kernel/index.js";
import type { Live } from "../live/index.js";
import type { PasswordCheck, People } from "../people/index.js";
import type { FactRecord } from "../record/index.js";
import type { HotlistFiles } from "../sightings/index.js";
import type { OpenQueries } from "../supervision/index.js";
import type { WhepPort } from "../viewers/index.js";

/** What a part made outside the core may use of it. */
export type Doors = {
  readonly people: People;
  readonly incidents: Incidents;
  readonly door: SourceDoor;
  readonly live: Live;
  readonly fleet: FleetPart;
  readonly record: FactRecord;
  readonly parts: () => readonly StationPart[];
  readonly addressNear: (point: { latDeg: number; lonDeg: number }) => string;
};

export type PartMaker = (context: StationContext, doors: Doors) => StationPart | readonly StationPart[];

/** Everything that the station takes from outside: real in production, simulated in a storm. */
export type StationDeps = {
  readonly config: Config;
  readonly city: CityFile;
  /** The city file's bytes for the browsers, if they are at hand. */
  readonly cityBytes?: Uint8Array;
  /** Built once and shared where several stations are made in one process. */
  readonly world?: World;
  readonly clocks: { readonly run: RunClock; readonly wall: Clock };
  readonly chance: Chance;
  readonly disk: Disk;
  readonly log: Log;
  readonly passwordCheck: PasswordCheck;
  readonly secrets: { readonly bridgeToken: string; readonly simToken?: string; readonly sources: SourceSecrets };
  /** Signs orders to the bridge, where `bridge.orders` is configured. */
  readonly orderSigner?: OrderSigner;
  readonly files: StaticFiles;
  /** Exact origins of our own pages; asked at each request, since a port may be known only after listening. */
  readonly origins: () => readonly string[];
  readonly tls: boolean;
  readonly version: string;
  readonly configHash: string;
  /** Where pictures come in; without it the station has none. */
  readonly datagrams?: Datagrams;
  /** How fixed cameras are opened; without it their tiles stay empty. */
  readonly cameras?: CameraNetwork;
  /** How other aircraft and the weather are heard; without it every source of them is silent. */
  readonly sky?: { readonly http: HttpClient; readonly dialer: ByteDialer };
  /** How fixed cameras are turned; without it none is. */
  readonly turning?: TurningNetwork;
  /** Where coverage is computed; without it between other work, in the station's own loop. */
  readonly coverage?: CoverageEngine;
  /** Plays pictures to browsers over WebRTC; without it they are told that there are none. */
  readonly whep?: WhepPort;
  /** Reads a plate list by the name it has in the configuration. */
  readonly hotlistFiles?: HotlistFiles;
  /** Opens a database for the supervisor's searches, when they are first made; without it they run in memory. */
  readonly queries?: OpenQueries;
  readonly extraParts?: readonly PartMaker[];
};
