import type { Config, Provenance } from "@outrider/contract";

/** What the bridge needs of the site's configuration. */
export type BridgeConfig = {
  readonly bridgeId: string;
  readonly provenance: Provenance;
  /** Name of the journal file on the disk that the bridge is given. */
  readonly journal: string;
  /** Folder on that disk for the recording of each flight. */
  readonly tracks: string;
  readonly links: Config["bridge"]["links"];
  readonly minAglM: number;
  readonly allowForeignStation: boolean;
  readonly host: string;
  readonly dockPort: number;
  readonly aircraft: Config["aircraft"];
  readonly aircraftTypes: Config["aircraftTypes"];
  readonly docks: Config["docks"];
  readonly failsafeParameters: readonly string[];
};

export function bridgeConfigFrom(config: Config): BridgeConfig {
  return {
    bridgeId: config.bridge.id,
    provenance: config.site.provenance,
    journal: `${config.bridge.journal}/journal.ndjson`,
    tracks: `${config.bridge.journal}/tracks`,
    links: config.bridge.links,
    minAglM: config.bridge.minAglM,
    allowForeignStation: config.bridge.allowForeignStation,
    host: config.listen.host,
    dockPort: config.listen.docks,
    aircraft: config.aircraft,
    aircraftTypes: config.aircraftTypes,
    docks: config.docks,
    failsafeParameters: Object.keys(config.failsafeParameters),
  };
}
