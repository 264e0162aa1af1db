import { createSocket } from "node:dgram";
import { lookup } from "node:dns";
import { isIPv4 } from "node:net";
import type { Datagrams } from "@outrider/contract";

const receiveBufferBytes = 4 * 1024 * 1024;
/** What may wait where the network takes nothing; beyond it datagrams are lost, as on the air. */
const mostQueuedBytes = 256 * 1024;

/** UDP of the operating system. A send that fails is a lost datagram, as on the air; only a broken socket is an error. */
export const udp: Datagrams = {
  bind: (at, handlers) => {
    let bound = false;
    const socket = createSocket({
      type: "udp4",
      // A peer is an address. The resolver would be asked about it for each datagram that leaves, and answer a turn later.
      lookup: (host, _options, done) => {
        if (bound && isIPv4(host)) done(null, host, 4);
        else lookup(host, { family: 4 }, done);
      },
    });
    let closed = false;
    const close = (): void => {
      if (closed) return;
      closed = true;
      socket.close();
    };
    socket.on("message", (bytes, from) => handlers.onDatagram(bytes, { host: from.address, port: from.port }));
    socket.on("error", (error) => handlers.onError(error));
    socket.bind(at.port, at.host, () => {
      bound = true;
      // Many aircraft at 50 Hz fill the default buffer during one slow moment; less than asked is granted silently.
      socket.setRecvBufferSize(receiveBufferBytes);
      handlers.onBound(socket.address().port);
    });
    return {
      send: (bytes, peer) => {
        if (closed || socket.getSendQueueSize() > mostQueuedBytes) return;
        socket.send(bytes, peer.port, peer.host, () => undefined);
      },
      close,
    };
  },
  resolve: (host, done) => {
    lookup(host, { family: 4 }, (error, address) => done(error === null ? address : undefined));
  },
};
