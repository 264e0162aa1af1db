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

/** Makes the link that a line of the configuration describes. @throws where it needs byte streams and there are none */
export function makeLink(config: LinkConfig, host: string, deps: LinkDeps): Link {
  switch (config.kind) {
    case "udp-server":
      return udpLink({ name: `udp-server:${config.port}`, host, port: config.port }, deps);
    case "udp-client": {
      const remote = { host: config.host, port: config.port };
      return udpLink({ name: `udp-client:${config.host}:${config.port}`, host: "0.0.0.0", port: 0, remote }, deps);
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
