import type { Cancel, Chance, Clock } from "@outrider/contract";
import type { Link, LinkHandlers } from "./link.js";
import { Reopening } from "./reopening.js";
import type { ByteStream, StreamHandlers, Streams } from "./streams.js";

/** Callers beyond this are hung up on: a stuck modem that dials again and again must not fill the machine. */
const mostCallers = 64;

/** Accepts callers over TCP; each is one peer until it hangs up. */
export function tcpServerLink(
  options: {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    /** Callers may be silent for ever: they only look on. */
    readonly silentCallers?: boolean;
  },
  deps: { readonly streams: Streams; readonly clock: Clock; readonly chance: Chance },
): Link {
  const callers = new Map<string, ByteStream>();
  const reopening = new Reopening(deps);
  let hangUp: Cancel | undefined;
  let strangers = 0;
  let dropped = 0;

  function caller(handlers: LinkHandlers): StreamHandlers {
    let name: string | undefined;
    return {
      onOpen(stream, peer) {
        if (reopening.closed || callers.size >= mostCallers) {
          strangers++;
          return stream.close();
        }
        name = peer;
        callers.set(peer, stream);
      },
      onBytes(bytes) {
        if (name !== undefined && callers.has(name)) handlers.onBytes(bytes, name, false);
      },
      onClose() {
        if (name !== undefined && callers.delete(name)) handlers.onPeerGone(name);
      },
    };
  }

  function listen(handlers: LinkHandlers): void {
    handlers.onState("opening", "");
    let current = true;
    hangUp = deps.streams.listenTcp(
      options,
      () => caller(handlers),
      (error) => {
        if (!current || reopening.closed) return;
        current = false;
        handlers.onState("closed", error.message);
        callers.clear();
        hangUp?.();
        reopening.again(() => listen(handlers));
      },
      () => {
        if (!current || reopening.closed) return;
        reopening.worked();
        handlers.onState("open", `tcp ${options.port}`);
      },
    );
  }

  return {
    name: options.name,
    open: listen,
    send(bytes, peer) {
      const taken = callers.get(peer)?.write(bytes) ?? false;
      if (!taken) dropped++;
      return taken;
    },
    knownPeers: () => [...callers.keys()],
    keeps: (peer) => options.silentCallers === true && callers.has(peer),
    drop(peer) {
      const stream = callers.get(peer);
      callers.delete(peer);
      stream?.close();
    },
    counts: () => ({ strangers, dropped }),
    close() {
      reopening.close();
      hangUp?.();
      for (const stream of callers.values()) stream.close();
      callers.clear();
    },
  };
}
