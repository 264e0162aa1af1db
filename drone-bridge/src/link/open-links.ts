import type { Chance, Clock, Config, Datagrams } from "@outrider/contract";
import type { Link } from "./link.js";
import { streamLink } from "./stream-link.js";
import type { Streams } from "./streams.js";
import { tcpServerLink } from "./tcp-server-link.js";
import { linkTiming } from "./timing.js";
import { udpLink } from "./udp-link.js";

export type LinkConfig = Config["bridge"]["links"][number];
export type LinkDeps = {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly datagrams: Datagrams;
  readonly streams: Streams | undefined;
};

/**
 * Local ports of UDP clients. A port by chance would leave a restarted bridge deaf to PX4, which goes on answering the
 * port that spoke first, while our heartbeats still reach it and keep its link-loss return from acting.
 */
const firstClientPort = 14560;

/**
 * Makes the link that a line of the configuration describes; `index` is its place among the links.
 * @throws where it needs byte streams and there are none
 */
export function makeLink(config: LinkConfig, index: number, host: string, deps: LinkDeps): Link {
  switch (config.kind) {
    case "udp-server":
      return udpLink({ name: `udp-server:${config.port}`, host, port: config.port }, deps);
    case "udp-client": {
      const remote = { host: config.host, port: config.port };
      const port = config.localPort ?? firstClientPort + index;
      return udpLink({ name: `udp-client:${config.host}:${config.port}`, host: "0.0.0.0", port, remote }, deps);
    }
    case "tcp-server":
      return tcpServerLink(
        { name: `tcp-server:${config.port}`, host, port: config.port },
        { ...deps, streams: need(deps) },
      );
    case "tcp-client": {
      const peer = `${config.host}:${config.port}`;
      const dial = need(deps).dialTcp;
      return streamLink({ name: `tcp-client:${peer}`, peer, dial: (handlers) => dial(config, handlers) }, deps);
    }
    case "serial": {
      const open = need(deps).openSerial;
      const { path } = config;
      const stallMs = linkTiming.serialStallMs;
      return streamLink(
        { name: `serial:${path}`, peer: path, stallMs, dial: (handlers) => open(config, handlers) },
        deps,
      );
    }
  }
}

function need(deps: LinkDeps): Streams {
  if (deps.streams === undefined)
    throw new Error("this bridge was made without byte streams: TCP and serial links need them");
  return deps.streams;
}
