import { type Clocks, type Config, type Disk, type Log, type Provenance, replayProblems } from "@outrider/contract";
import type { SigningPolicy } from "../frame/index.js";
import { type KeptCopy, keptCopy } from "../param/index.js";
import type { OperatorIdentity } from "../remote-id/index.js";

/** What the bridge needs of the site's configuration. */
export type BridgeConfig = {
  readonly bridgeId: string;
  readonly provenance: Provenance;
  /** Name of the journal file on the disk that the bridge is given. */
  readonly journal: string;
  /** Folder on that disk for the recording of each flight. */
  readonly tracks: string;
  /** What all recordings together may take; beyond it the oldest sealed one is deleted. */
  readonly tracksMostBytes?: number | undefined;
  /** What the names of the files begin with in which each aircraft's parameters are kept; none are where left out. */
  readonly parameters?: string;
  readonly links: Config["bridge"]["links"];
  /** Where other ground stations and companions share the aircraft. */
  readonly forward?: Config["bridge"]["forward"];
  /** Whether what aircraft send must be signed; without it nothing is. The key comes apart from the configuration. */
  readonly signing?: SigningPolicy | undefined;
  /** Name of the file that keeps which timestamps were used. */
  readonly signingState?: string;
  readonly minAglM: number;
  readonly allowForeignStation: boolean;
  readonly host: string;
  readonly dockPort: number;
  readonly aircraft: Config["aircraft"];
  readonly aircraftTypes: Config["aircraftTypes"];
  readonly docks: Config["docks"];
  readonly failsafeParameters: readonly string[];
  /** What each aircraft's remote ID module is told of its operator. */
  readonly remoteId?: OperatorIdentity | undefined;
};

export function bridgeConfigFrom(config: Config): BridgeConfig {
  return {
    bridgeId: config.bridge.id,
    provenance: config.site.provenance,
    journal: `${config.bridge.journal}/journal.ndjson`,
    tracks: `${config.bridge.journal}/tracks`,
    tracksMostBytes: config.bridge.recordings === undefined ? undefined : config.bridge.recordings.mostMiB * 2 ** 20,
    parameters: `${config.bridge.journal}/parameters`,
    links: config.bridge.links,
    forward: config.bridge.forward,
    signing: config.bridge.signing?.policy,
    signingState: `${config.bridge.journal}/signing.json`,
    minAglM: config.bridge.minAglM,
    allowForeignStation: config.bridge.allowForeignStation,
    host: config.listen.host,
    dockPort: config.listen.docks,
    aircraft: config.aircraft,
    aircraftTypes: config.aircraftTypes,
    docks: config.docks,
    failsafeParameters: Object.keys(config.failsafeParameters),
    remoteId: config.bridge.remoteId,
  };
}

/** The recording that this bridge plays, where it plays one. */
export function recordingOf(config: Pick<BridgeConfig, "links">): { file: string; rate: number } | undefined {
  for (const link of config.links) if (link.kind === "replay") return { file: link.file, rate: link.rate ?? 1 };
  return undefined;
}

/** Why this bridge must not play its recording: the configuration's own check, for whoever makes a bridge without one. */
export function replayWrong(config: BridgeConfig): Error | undefined {
  const [wrong] = replayProblems(config, config.provenance);
  return wrong === undefined ? undefined : new Error(wrong.message);
}

/** What the fact of its start says of the recording. */
export function replayMark(config: BridgeConfig): { replay?: string } {
  const recording = recordingOf(config);
  return recording === undefined ? {} : { replay: recording.file };
}

/** Where flights are recorded, and how much; what is played back is not recorded once more. */
export function trackLimits(config: BridgeConfig): { folder: string; mostBytes: number | undefined; off: boolean } {
  return { folder: config.tracks, mostBytes: config.tracksMostBytes, off: recordingOf(config) !== undefined };
}

/**
 * Whether it follows no pace that the station publishes. A live bridge keeps real time whatever anybody tells it: a pause
 * would stop heartbeats to real aircraft. The time of a recording is its own.
 */
export const keepsItsTime = (config: BridgeConfig): boolean =>
  config.provenance === "live" || recordingOf(config) !== undefined;

/** By what the wire to the station is judged silent: a station does not hurry because a recording is played fast. */
export const wireClocks = (config: BridgeConfig, clocks: Clocks): Clocks =>
  recordingOf(config) === undefined ? clocks : { run: clocks.wall, wall: clocks.wall };

/** Where an aircraft's parameters are kept: only those of the configuration have such a place, so that it is bounded. */
export function keptParameters({ parameters, aircraft }: BridgeConfig, disk: Disk, log: Log) {
  return (uid: string): KeptCopy | undefined =>
    parameters === undefined || !aircraft.some((one) => one.uid === uid)
      ? undefined
      : keptCopy(disk, `${parameters}-${uid}.json`, uid, log);
}
