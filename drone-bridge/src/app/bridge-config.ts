import type { Config, Provenance } from "@outrider/contract";
import type { SigningPolicy } from "../frame/index.js";

/** What the bridge needs of the site's configuration. */
export type BridgeConfig = {
  readonly bridgeId: string;
  readonly provenance: Provenance;
  /** Name of the journal file on the disk that the bridge is given. */
  readonly journal: string;
  /** Folder on that disk for the recording of each flight. */
  readonly tracks: string;
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
};

export function bridgeConfigFrom(config: Config): BridgeConfig {
  return {
    bridgeId: config.bridge.id,
    provenance: config.site.provenance,
    journal: `${config.bridge.journal}/journal.ndjson`,
    tracks: `${config.bridge.journal}/tracks`,
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
  };
}
