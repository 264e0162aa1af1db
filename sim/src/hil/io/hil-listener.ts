import { createServer, type Server, type Socket } from "node:net";
import { HilLink, type HilOptions } from "../hil-link.js";
import { type HilLag, HilPace } from "../hil-pace.js";

export type HilListener = {
  /** Port it listens on (4560 + instance for a PX4 that was told nothing else). */
  readonly port: number;
  /** The aircraft of the present connection. */
  link(): HilLink | undefined;
  /** Where the PX4 of the present connection is. */
  peerHost(): string | undefined;
  lag(): HilLag;
  close(): void;
};

export type HilListenerOptions = Omit<HilOptions, "send"> & {
  readonly port: number;
  readonly host?: string;
  /** The run's clock: stands still in a pause, never goes back. PX4's own clock follows it by difference. */
  readonly runMs: () => number;
  readonly onReady: (listener: HilListener) => void;
  readonly onError: (error: Error) => void;
  readonly onConnection?: (connected: boolean) => void;
};

const paceMs = 2;
const noLag: HilLag = { behindMs: 0, givenUpMs: 0 };

type Seat = { readonly link: HilLink; readonly pace: HilPace; readonly socket: Socket; timer: NodeJS.Timeout };

/** Waits for one PX4 on TCP and drives it in lockstep. A restarted PX4 connects anew and gets a new aircraft on the pad. */
export function listenForPx4(options: HilListenerOptions): void {
  let seat: Seat | undefined;
  const leave = (): void => {
    if (seat === undefined) return;
    clearInterval(seat.timer);
    seat.socket.destroy();
    seat = undefined;
    options.onConnection?.(false);
  };
  const server: Server = createServer((socket: Socket) => {
    // One PX4 a port: who connects later is the one that was started again.
    leave();
    const fresh = sit(options, socket);
    seat = fresh;
    options.onConnection?.(true);
    socket.on("close", () => {
      if (seat === fresh) leave();
    });
  });
  server.on("error", options.onError);
  server.listen(options.port, options.host ?? "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : options.port;
    options.onReady({
      port,
      link: () => seat?.link,
      peerHost: () => seat?.socket.remoteAddress?.replace(/^::ffff:/, ""),
      lag: () => seat?.pace.lag ?? noLag,
      close: () => {
        leave();
        server.close();
      },
    });
  });
}

function sit(options: HilListenerOptions, socket: Socket): Seat {
  socket.setNoDelay(true);
  const link = new HilLink({ ...options, send: (bytes) => socket.write(bytes) });
  const pace = new HilPace();
  const advance = (): void => link.advance(pace.targetMs(link, options.runMs()), performance.now());
  socket.on("data", (chunk) => {
    link.take(chunk);
    advance();
  });
  socket.on("error", options.onError);
  return { link, pace, socket, timer: setInterval(advance, paceMs) };
}
