import { createSocket } from "node:dgram";
import type { Datagrams } from "@outrider/contract";

/** Pictures come in bursts of a whole key frame: the system's small default buffer would drop its tail. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** UDP sockets of this machine. */
export function nodeDatagrams(): Datagrams {
  return {
    bind(at, handlers) {
      const socket = createSocket("udp4");
      socket.on("message", (bytes, from) => handlers.onDatagram(bytes, { host: from.address, port: from.port }));
      socket.on("error", (error) => handlers.onError(error));
      socket.bind(at.port, at.host, () => {
        try {
          socket.setRecvBufferSize(receiveBufferBytes);
        } catch (error) {
          handlers.onError(error instanceof Error ? error : new Error(String(error)));
        }
        handlers.onBound(socket.address().port);
      });
      let open = true;
      return {
        send: (bytes, peer) => {
          if (open) socket.send(bytes, peer.port, peer.host);
        },
        close: () => {
          if (open) socket.close();
          open = false;
        },
      };
    },
  };
}
