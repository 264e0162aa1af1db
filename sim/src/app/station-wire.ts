import {
  type Cancel,
  type Clock,
  type Connection,
  type Dialer,
  type Log,
  type SimToStation,
  type StationToSim,
  stationToSim,
} from "@outrider/contract";

const redialMs = 1_000;

export type StationWireDeps = {
  readonly dialer: Dialer;
  readonly wall: Clock;
  readonly url: string;
  readonly token: string;
  readonly log: Log;
  onOpen(): void;
  onMessage(message: StationToSim): void;
};

/** The simulator's end of the sim wire: dials the station again and again, never buffers truth for a station that is away. */
export class StationWire {
  readonly #deps: StationWireDeps;
  #connection: Connection | undefined;
  #cancel: Cancel | undefined;
  #toldScore = "";
  #closed = false;

  constructor(deps: StationWireDeps) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#closed) return;
    this.#cancel = this.#deps.dialer.dial(
      this.#deps.url,
      { authorization: `Bearer ${this.#deps.token}` },
      {
        onOpen: (connection) => {
          this.#connection = connection;
          this.#toldScore = "";
          this.#deps.onOpen();
        },
        onMessage: (data) => this.#read(data),
        onClose: () => {
          this.#connection = undefined;
          this.#cancel = this.#deps.wall.after(redialMs, () => this.start());
        },
      },
    );
  }

  send(message: SimToStation): void {
    const connection = this.#connection;
    if (connection === undefined || connection.bufferedBytes() > 256 * 1024) return;
    const text = JSON.stringify(message);
    if (message.kind === "score") {
      // It is asked twice a second and changes a few times in a run.
      if (text === this.#toldScore) return;
      this.#toldScore = text;
    }
    connection.send(text);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#connection?.close();
  }

  #read(data: string | Uint8Array): void {
    if (typeof data !== "string") return this.#refuse("binary frame");
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return this.#refuse("not JSON");
    }
    const parsed = stationToSim.safeParse(value);
    if (parsed.success) this.#deps.onMessage(parsed.data);
    else this.#refuse(parsed.error.message);
  }

  #refuse(problem: string): void {
    this.#deps.log("warn", "sim wire: message not understood, ignored", { problem });
  }
}
