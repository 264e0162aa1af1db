import { createServer, type Server, type Socket } from "node:net";
import { HilLink, type HilOptions } from "../hil-link.js";

export type HilListener = {
  /** Port it listens on (4560 + instance for a PX4 that was told nothing else). */
  readonly port: number;
  /** The aircraft of the present connection. */
  link(): HilLink | undefined;
  close(): void;
};

export type HilListenerOptions = Omit<HilOptions, "send"> & {
  readonly port: number;
  readonly host?: string;
  /** Simulated ms since this PX4's connection that the run has reached: it stands still in a pause and never skips. */
  readonly targetMs: (sinceConnectMs: number) => number;
  readonly onReady: (listener: HilListener) => void;
  readonly onError: (error: Error) => void;
};

const paceMs = 2;

/** Waits for one PX4 on TCP and drives it in lockstep. A restarted PX4 connects anew and gets a new aircraft on the pad. */
export function listenForPx4(options: HilListenerOptions): void {
  let link: HilLink | undefined;
  let timer: NodeJS.Timeout | undefined;
  const server: Server = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    clearInterval(timer);
    const fresh = new HilLink({ ...options, send: (bytes) => socket.write(bytes) });
    link = fresh;
    const startedMs = performance.now();
    const advance = () => fresh.advance(options.targetMs(performance.now() - startedMs), performance.now());
    const pace = setInterval(advance, paceMs);
    timer = pace;
    socket.on("data", (chunk) => {
      fresh.take(chunk);
      advance();
    });
    socket.on("error", options.onError);
    socket.on("close", () => {
      clearInterval(pace);
      if (link === fresh) link = undefined;
    });
  });
  server.on("error", options.onError);
  server.listen(options.port, options.host ?? "127.0.0.1", () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : options.port;
    options.onReady({
      port,
      link: () => link,
      close: () => {
        clearInterval(timer);
        server.close();
      },
    });
  });
}
