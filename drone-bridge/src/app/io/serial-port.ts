import { stat } from "node:fs";
import type { StreamHandlers, Streams } from "../../link/index.js";
import { StallWatch } from "./stall-watch.js";

type Serial = InstanceType<Awaited<typeof import("serialport")>["SerialPort"]>;

/** Our heartbeat is written every second and so is the probe: a port that does not take it in this time has stopped. */
const stallMs = 2_000;
/** A pulled adapter may stay open for as long as nobody writes, but its name goes at once. */
const lookMs = 250;
/** What may wait in a slow line: half a second of it, since what leaves later than that was meant for another moment. */
const mostWaitingBytes = (baud: number): number => Math.max(1_024, baud / 20);

/** Opens a serial port of the operating system: 8N1, with RTS/CTS where asked for. */
export const openSerial: Streams["openSerial"] = (at, handlers) => {
  let open: OpenPort | undefined;
  let hungUp = false;
  let told = false;
  const end = (reason: string): void => {
    if (told) return;
    told = true;
    open?.close();
    if (!hungUp) handlers.onClose(reason);
  };
  // Loaded only where a serial link is configured: it brings a native binary.
  import("serialport").then(
    ({ SerialPort }) => {
      if (hungUp) return;
      const port = new SerialPort({ path: at.path, baudRate: at.baud, rtscts: at.flowControl, autoOpen: false });
      open = new OpenPort(port, at, handlers, end);
    },
    (error: unknown) => end(`no serial support: ${error instanceof Error ? error.message : String(error)}`),
  );
  return () => {
    hungUp = true;
    open?.close();
  };
};

class OpenPort {
  readonly #port: Serial;
  readonly #end: (reason: string) => void;
  readonly #stall: StallWatch;
  #look: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    port: Serial,
    at: { readonly path: string; readonly baud: number },
    handlers: StreamHandlers,
    end: (reason: string) => void,
  ) {
    this.#port = port;
    this.#end = end;
    this.#stall = new StallWatch(stallMs, () => end(`${at.path} does not take what is written to it`));
    port.on("data", (bytes: Buffer) => {
      if (!this.#closed) handlers.onBytes(bytes);
    });
    port.on("error", (error: Error) => end(error.message));
    port.on("close", () => end("the port closed"));
    port.open((error) => {
      if (error !== null) return end(error.message);
      // Given up while it was opening: left open, nobody could open it again.
      if (this.#closed) return port.close(() => undefined);
      this.#look = setInterval(() => this.#stillThere(at.path), lookMs);
      handlers.onOpen({ write: (bytes) => this.#write(bytes, at.baud), close: () => this.close() }, at.path);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#look);
    this.#stall.close();
    if (this.#port.isOpen) this.#port.close(() => undefined);
  }

  #write(bytes: Uint8Array, baud: number): boolean {
    if (this.#closed || this.#port.writableLength > mostWaitingBytes(baud)) return false;
    this.#stall.began();
    this.#port.write(bytes, (error) => {
      this.#stall.ended();
      if (error !== null && error !== undefined) this.#end(error.message);
    });
    return true;
  }

  #stillThere(path: string): void {
    stat(path, (error) => {
      if (error?.code === "ENOENT") this.#end(`${path} was unplugged`);
    });
  }
}
