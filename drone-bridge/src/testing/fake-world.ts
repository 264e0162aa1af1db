import type {
  AcceptInfo,
  Acceptor,
  AppendFile,
  Chance,
  Connection,
  ConnectionHandlers,
  Datagrams,
  Dialer,
  Disk,
  MessageServer,
  Peer,
  WireData,
} from "@outrider/contract";
import type { FakeClock } from "./fake-clock.js";

export function fakeChance(seed = 1): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let ids = 0;
  return {
    unit: next,
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)),
    id: (prefix) => `${prefix}_${ids++}`,
  };
}

/** Files in memory: what was appended is durable at once, unless `failing`; a restart opens the same bytes. */
export class FakeDisk implements Disk {
  readonly files = new Map<string, number[]>();
  failing = false;
  /** Appends that wait for `settle`. */
  held: (() => void)[] | undefined;

  open: Disk["open"] = (name, ready) => {
    const bytes = this.files.get(name) ?? [];
    this.files.set(name, bytes);
    const file: AppendFile = {
      append: (added, done) => {
        const write = (): void => {
          if (this.failing) return done(new Error("no space left on device"));
          for (const byte of added) bytes.push(byte);
          done();
        };
        if (this.held === undefined) write();
        else this.held.push(write);
      },
      close: () => {},
    };
    ready({ kind: "ok", content: Uint8Array.from(bytes), file });
  };

  settle(): void {
    const waiting = this.held ?? [];
    this.held = undefined;
    for (const write of waiting) write();
  }

  replace: Disk["replace"] = (name, bytes, done) => {
    this.files.set(name, [...bytes]);
    done();
  };

  read: Disk["read"] = (name, done) => {
    const bytes = this.files.get(name);
    done(bytes === undefined ? undefined : Uint8Array.from(bytes));
  };

  truncate: Disk["truncate"] = (name, length, done) => {
    this.files.get(name)?.splice(length);
    done();
  };

  remove = (name: string, done: (error?: Error) => void): void => {
    this.files.delete(name);
    done();
  };

  text(name: string): string {
    return new TextDecoder().decode(Uint8Array.from(this.files.get(name) ?? []));
  }
}

/** The UDP sockets of the bridge; aircraft are peers that push bytes in and read what was sent to them. */
export class FakeRadio implements Datagrams {
  readonly sent = new Map<string, Uint8Array[]>();
  onSent: ((peer: string, bytes: Uint8Array) => void) | undefined;
  readonly #bound = new Map<number, Parameters<Datagrams["bind"]>[1]>();

  bind: Datagrams["bind"] = (at, handlers) => {
    this.#bound.set(at.port, handlers);
    handlers.onBound(at.port);
    return {
      send: (bytes, peer) => {
        const name = `${peer.host}:${peer.port}`;
        const before = this.sent.get(name) ?? [];
        before.push(bytes);
        this.sent.set(name, before);
        this.onSent?.(name, bytes);
      },
      close: () => {
        if (this.#bound.get(at.port) === handlers) this.#bound.delete(at.port);
      },
    };
  };

  /** To one of its ports; to the one bound first where none is named. */
  push(bytes: Uint8Array, from: Peer, toPort?: number): void {
    const port = toPort ?? [...this.#bound.keys()][0];
    if (port !== undefined) this.#bound.get(port)?.onDatagram(bytes, from);
  }

  /** The network under one socket breaks. */
  fail(port: number): void {
    this.#bound.get(port)?.onError(new Error("network down"));
  }

  bytesTo(peer: string): number {
    return (this.sent.get(peer) ?? []).reduce((sum, bytes) => sum + bytes.length, 0);
  }
}

/** The station's end of the bridge wire. */
export class FakeStation implements Dialer {
  readonly texts: Record<string, unknown>[] = [];
  readonly frames: Uint8Array[] = [];
  buffered = 0;
  refuse = false;
  headers: Readonly<Record<string, string>> = {};
  #handlers: ConnectionHandlers | undefined;

  dial: Dialer["dial"] = (_url, headers, handlers) => {
    this.headers = headers;
    if (this.refuse) {
      handlers.onClose("refused");
      return () => {};
    }
    this.#handlers = handlers;
    const connection: Connection = {
      send: (data: WireData) => {
        if (typeof data === "string") this.texts.push(JSON.parse(data) as Record<string, unknown>);
        else this.frames.push(data);
      },
      bufferedBytes: () => this.buffered,
      close: () => handlers.onClose("closed"),
    };
    handlers.onOpen(connection);
    return () => {};
  };

  say(message: unknown): void {
    this.#handlers?.onMessage(JSON.stringify(message));
  }

  hangUp(): void {
    this.#handlers?.onClose("hung up");
  }

  facts(type?: string): { seq: number; type: string; data: Record<string, unknown> }[] {
    const facts = this.texts.filter((text) => text["kind"] === "fact") as never[];
    return facts.filter((fact: { type: string }) => type === undefined || fact.type === type);
  }

  types(): string[] {
    return this.facts().map((fact) => fact.type);
  }
}

/** Where docks dial in. */
export class FakeDocks implements MessageServer {
  #accept: Acceptor | undefined;

  listen: MessageServer["listen"] = (_port, _host, accept, ready) => {
    this.#accept = accept;
    ready();
    return () => {};
  };

  connect(path = "/dock"): {
    said: Record<string, unknown>[];
    say(message: unknown): void;
    close(): void;
    refused: number | undefined;
  } {
    const said: Record<string, unknown>[] = [];
    const info: AcceptInfo = { path, headers: {}, remote: "127.0.0.1" };
    const answer = this.#accept?.(info, {
      send: (data) => said.push(JSON.parse(String(data)) as Record<string, unknown>),
      bufferedBytes: () => 0,
      close: () => {},
    });
    if (answer === undefined || answer.kind === "refuse")
      return { said, say: () => {}, close: () => {}, refused: answer?.status ?? 0 };
    return {
      said,
      say: (message) => answer.onMessage(JSON.stringify(message)),
      close: () => answer.onClose("closed"),
      refused: undefined,
    };
  }
}

/** Feeds the bridge as a station does, until told to stop. */
export function feedForEver(clock: FakeClock, station: FakeStation): () => void {
  let n = 0;
  let on = true;
  const round = (): void => {
    if (!on) return;
    station.say({ kind: "feed", n: n++ });
    clock.after(1_000, round);
  };
  round();
  return () => {
    on = false;
  };
}
