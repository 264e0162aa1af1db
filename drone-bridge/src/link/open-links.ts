import type { Chance, Clock, Config, Datagrams, Disk } from "@outrider/contract";
import type { Link } from "./link.js";
import { type ReplayDeps, replayLink } from "./replay-link.js";
import { streamLink } from "./stream-link.js";
import type { Streams } from "./streams.js";
import { tcpServerLink } from "./tcp-server-link.js";
import { linkTiming } from "./timing.js";
import { udpClientLink } from "./udp-client-link.js";
import { udpServerLink } from "./udp-link.js";

export type LinkConfig = Config["bridge"]["links"][number];
export type LinkDeps = {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly datagrams: Datagrams;
  readonly streams: Streams | undefined;
  /** Needed only where a link plays a recording. */
  readonly run?: Clock;
  readonly disk?: Disk;
};

/**
 * `aircraft`: an autopilot speaks at least once a second, so a silent stream is a dead one. `station`: whoever only
 * looks on may be silent for ever.
 */
export type LinkUse = "aircraft" | "station";

/**
 * Local ports of UDP clients. A port by chance would leave a restarted bridge deaf to PX4, which goes on answering the
 * port that spoke first, while our heartbeats still reach it and keep its link-loss return from acting.
 */
const firstClientPort = { aircraft: 14560, station: 14660 } as const;

/**
 * Makes the link that a line of the configuration describes; `index` is its place among the links.
 * @throws where it needs byte streams, or a disk to read a recording from, and there are none
 */
export function makeLink(
  config: LinkConfig,
  index: number,
  host: string,
  deps: LinkDeps,
  use: LinkUse = "aircraft",
): Link {
  const prefix = use === "station" ? "forward " : "";
  const stall = (stallMs: number): { stallMs?: number } => (use === "aircraft" ? { stallMs } : {});
  switch (config.kind) {
    case "udp-server":
      return udpServerLink({ name: `${prefix}udp-server:${config.port}`, host, port: config.port }, deps);
    case "udp-client": {
      const remote = { host: config.host, port: config.port };
      const port = config.localPort ?? firstClientPort[use] + index;
      return udpClientLink({ name: `${prefix}udp-client:${config.host}:${config.port}`, port, remote }, deps);
    }
    case "tcp-server":
      return tcpServerLink(
        { name: `${prefix}tcp-server:${config.port}`, host, port: config.port, silentCallers: use === "station" },
        { ...deps, streams: need(deps) },
      );
    case "tcp-client": {
      const peer = `${config.host}:${config.port}`;
      const dial = need(deps).dialTcp;
      return streamLink(
        {
          name: `${prefix}tcp-client:${peer}`,
          peer,
          ...stall(linkTiming.tcpStallMs),
          dial: (handlers) => dial(config, handlers),
        },
        deps,
      );
    }
    case "serial": {
      const open = need(deps).openSerial;
      const { path } = config;
      return streamLink(
        {
          name: `${prefix}serial:${path}`,
          peer: path,
          ...stall(linkTiming.serialStallMs),
          dial: (handlers) => open(config, handlers),
        },
        deps,
      );
    }
    case "replay":
      return replayLink({ name: `replay:${config.file}`, file: config.file }, needDisk(deps));
  }
}

function needDisk({ run, disk }: LinkDeps): ReplayDeps {
  if (run === undefined || disk === undefined)
    throw new Error("this bridge was made without a disk: recordings are read from one");
  return { run, read: disk.read.bind(disk) };
}

function need(deps: LinkDeps): Streams {
  if (deps.streams === undefined)
    throw new Error("this bridge was made without byte streams: TCP and serial links need them");
  return deps.streams;
}
