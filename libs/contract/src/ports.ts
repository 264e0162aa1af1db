/**
 * The few doors to the outside world. Domain code is handed these; real adapters live in `io/` folders, simulated
 * ones in proof/storm. They are callback-shaped on purpose: a simulated run must not depend on the order in which
 * the JavaScript engine drains promises.
 */
export type Cancel = () => void;

/** A source of time. `nowMs` is Unix milliseconds of the clock's own kind (run time or wall time). */
export type Clock = {
  nowMs(): number;
  /** Calls once, not earlier than `delayMs` of this clock's time from now. */
  after(delayMs: number, run: () => void): Cancel;
};

/** Run time drives flight and decisions (heartbeats, veto, presence); wall time drives holds of a button and logins. */
export type Clocks = { readonly run: Clock; readonly wall: Clock };

/** Randomness and ids. Seeded in simulation, the system's generator in production. */
export type Chance = {
  /** Uniform in [0, 1). */
  unit(): number;
  bytes(length: number): Uint8Array;
  /** A new id, `prefix_` followed by 128 bits or, when seeded, a reproducible counterpart. */
  id(prefix: string): string;
};

/** One append-only file. `append` calls back without error only once the bytes are durable. */
export type AppendFile = {
  append(bytes: Uint8Array, done: (error?: Error) => void): void;
  close(): void;
};

export type Disk = {
  /** Opens or creates; hands over everything that was durable. A torn tail is the reader's business. */
  open(
    name: string,
    ready: (opened: { kind: "ok"; content: Uint8Array; file: AppendFile } | { kind: "error"; error: Error }) => void,
  ): void;
  /** Replaces a whole small file atomically. */
  replace(name: string, bytes: Uint8Array, done: (error?: Error) => void): void;
  read(name: string, done: (bytes: Uint8Array | undefined) => void): void;
  /** Cuts a file to a length: used once at start to remove a torn last record. */
  truncate(name: string, length: number, done: (error?: Error) => void): void;
  /** Deletes a file; one that is not there counts as deleted. A disk without this keeps everything. */
  remove?(name: string, done: (error?: Error) => void): void;
};

export type WireData = string | Uint8Array;

/** One open message connection (a WebSocket in production). */
export type Connection = {
  send(data: WireData): void;
  /** Bytes accepted by `send` that the peer has not taken yet: samples are skipped while it is not near zero. */
  bufferedBytes(): number;
  close(code?: number, reason?: string): void;
};

export type ConnectionHandlers = {
  onOpen(connection: Connection): void;
  onMessage(data: WireData): void;
  onClose(reason: string): void;
};

export type Dialer = {
  dial(url: string, headers: Readonly<Record<string, string>>, handlers: ConnectionHandlers): Cancel;
};

export type AcceptInfo = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly remote: string;
};

/** Called for each incoming connection; returns handlers, or a refusal with the HTTP status to answer. */
export type Acceptor = (
  info: AcceptInfo,
  connection: Connection,
) =>
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

export type MessageServer = {
  listen(port: number, host: string, accept: Acceptor, ready: (error?: Error) => void): Cancel;
};

/** Where a datagram came from or goes to, e.g. `127.0.0.1:18570`. */
export type Peer = { readonly host: string; readonly port: number };

export type DatagramSocket = {
  send(bytes: Uint8Array, peer: Peer): void;
  close(): void;
};

export type Datagrams = {
  bind(
    at: { port: number; host: string },
    handlers: {
      onDatagram(bytes: Uint8Array, from: Peer): void;
      onError(error: Error): void;
      onBound(localPort: number): void;
    },
  ): DatagramSocket;
  /** Address of a host's name, or nothing where it has none now. Without this, peers are given by address. */
  resolve?(host: string, done: (address: string | undefined) => void): void;
};

/** An HTTP exchange below express, so that a simulated world can post alerts without a socket. */
export type HttpRequest = {
  readonly method: string;
  /** Path without query, e.g. `/api/v1/incidents`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly remote: string;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

export type HttpClient = {
  request(
    request: {
      method: string;
      url: string;
      headers: Readonly<Record<string, string>>;
      body: Uint8Array | string;
      /** Longest to wait for the whole answer; the adapter's own limit where it is left out. */
      withinMs?: number;
    },
    done: (
      response:
        | { kind: "ok"; status: number; body: string; headers?: Readonly<Record<string, string>> }
        | { kind: "error"; error: Error },
    ) => void,
  ): void;
};

/** One line of structured log. Never secrets, plates or names of private persons. */
export type Log = (
  level: "debug" | "info" | "warn" | "error",
  what: string,
  fields?: Readonly<Record<string, unknown>>,
) => void;
