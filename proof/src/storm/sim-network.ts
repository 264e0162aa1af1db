import type {
  AcceptInfo,
  Acceptor,
  Cancel,
  Chance,
  Clock,
  Connection,
  ConnectionHandlers,
  DatagramSocket,
  Datagrams,
  Dialer,
  MessageServer,
  Peer,
  WireData,
} from "@outrider/contract";

/** How bad the network is at the moment. */
export type Weather = { lossShare: number; duplicateShare: number; delayMs: number; jitterMs: number; cut: boolean };

export const fairWeather = (): Weather => ({ lossShare: 0, duplicateShare: 0, delayMs: 1, jitterMs: 1, cut: false });

type Bound = { readonly clock: Clock; readonly onDatagram: (bytes: Uint8Array, from: Peer) => void };
type Listening = { readonly clock: Clock; readonly accept: Acceptor };

const maxQueuedBytes = 1 << 20;

/** Datagrams (lossy, reordered) and message connections (ordered, may be cut) between the parts of one simulated world. */
export class SimNetwork {
  readonly udp: Weather = fairWeather();
  readonly wires: Weather = fairWeather();
  readonly #chance: Chance;
  readonly #bound = new Map<number, Bound>();
  readonly #servers = new Map<number, Listening>();
  readonly #pipes = new Set<Pipe>();
  #nextPort = 40_000;
  readonly #onDatagram: ((bytes: Uint8Array) => void) | undefined;

  /** @param onDatagram every datagram that is sent, in order, whatever becomes of it */
  constructor(chance: Chance, onDatagram?: (bytes: Uint8Array) => void) {
    this.#chance = chance;
    this.#onDatagram = onDatagram;
  }

  datagrams(clock: Clock): Datagrams {
    return {
      bind: (at, handlers): DatagramSocket => {
        const port = at.port === 0 ? this.#nextPort++ : at.port;
        if (this.#bound.has(port)) {
          clock.after(0, () => handlers.onError(new Error(`port ${port} is taken`)));
          return { send: () => undefined, close: () => undefined };
        }
        this.#bound.set(port, { clock, onDatagram: handlers.onDatagram });
        clock.after(0, () => handlers.onBound(port));
        return {
          send: (bytes, peer) => this.#sendDatagram(bytes.slice(), { host: "sim", port }, peer.port),
          close: () => this.#bound.delete(port),
        };
      },
    };
  }

  dialer(clock: Clock): Dialer {
    return { dial: (url, headers, handlers) => this.#dial(clock, url, headers, handlers) };
  }

  server(clock: Clock): MessageServer {
    return {
      listen: (port, _host, accept, ready): Cancel => {
        this.#servers.set(port, { clock, accept });
        clock.after(0, () => ready());
        return () => this.#servers.delete(port);
      },
    };
  }

  /** Cuts every connection that ends in a process whose clock this is: it was killed. */
  drop(clock: Clock): void {
    for (const [port, bound] of this.#bound) if (bound.clock === clock) this.#bound.delete(port);
    for (const [port, server] of this.#servers) if (server.clock === clock) this.#servers.delete(port);
    for (const pipe of [...this.#pipes]) if (pipe.touches(clock)) pipe.cut("peer died");
  }

  cutWires(): void {
    for (const pipe of [...this.#pipes]) pipe.cut("network cut");
  }

  #sendDatagram(bytes: Uint8Array, from: Peer, toPort: number): void {
    this.#onDatagram?.(bytes);
    if (this.udp.cut || this.#chance.unit() < this.udp.lossShare) return;
    const copies = this.#chance.unit() < this.udp.duplicateShare ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const target = this.#bound.get(toPort);
      if (target === undefined) return;
      const delayMs = this.udp.delayMs + this.#chance.unit() * this.udp.jitterMs;
      target.clock.after(delayMs, () => {
        if (this.#bound.get(toPort) === target) target.onDatagram(bytes, from);
      });
    }
  }

  #dial(clock: Clock, url: string, headers: Readonly<Record<string, string>>, handlers: ConnectionHandlers): Cancel {
    const parsed = new URL(url);
    const server = this.#servers.get(Number(parsed.port || "80"));
    if (server === undefined || this.wires.cut) return clock.after(5, () => handlers.onClose("connection refused"));
    const pipe = new Pipe(
      clock,
      server.clock,
      () => this.wires.delayMs + this.#chance.unit() * this.wires.jitterMs,
      () => this.#pipes.delete(pipe),
    );
    this.#pipes.add(pipe);
    const info: AcceptInfo = { path: parsed.pathname, headers: lowerCase(headers), remote: "sim" };
    clock.after(this.wires.delayMs, () => pipe.connect(server.accept, info, handlers));
    return () => pipe.cut("closed by the dialling side");
  }
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** One message connection: both directions keep their order. */
class Pipe {
  readonly #near: Clock;
  readonly #far: Clock;
  readonly #delayMs: () => number;
  readonly #gone: () => void;
  #open = true;
  #toNear: ((data: WireData) => void) | undefined;
  #toFar: ((data: WireData) => void) | undefined;
  #onNearClose: ((reason: string) => void) | undefined;
  #onFarClose: ((reason: string) => void) | undefined;
  #lastNearMs = 0;
  #lastFarMs = 0;
  #queued = 0;

  constructor(near: Clock, far: Clock, delayMs: () => number, gone: () => void) {
    this.#near = near;
    this.#far = far;
    this.#delayMs = delayMs;
    this.#gone = gone;
  }

  touches(clock: Clock): boolean {
    return clock === this.#near || clock === this.#far;
  }

  connect(accept: Acceptor, info: AcceptInfo, handlers: ConnectionHandlers): void {
    if (!this.#open) return;
    const answer = accept(info, this.#end("far"));
    this.#onNearClose = handlers.onClose;
    if (answer.kind === "refuse") {
      this.cut(`refused: ${answer.status} ${answer.reason}`);
      return;
    }
    this.#toFar = answer.onMessage;
    this.#onFarClose = answer.onClose;
    this.#toNear = handlers.onMessage;
    handlers.onOpen(this.#end("near"));
  }

  cut(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#gone();
    this.#near.after(0, () => this.#onNearClose?.(reason));
    this.#far.after(0, () => this.#onFarClose?.(reason));
  }

  #end(side: "near" | "far"): Connection {
    return {
      send: (data) => this.#carry(side, typeof data === "string" ? data : data.slice()),
      bufferedBytes: () => this.#queued,
      close: (_code, reason) => this.cut(reason ?? "closed"),
    };
  }

  #carry(from: "near" | "far", data: WireData): void {
    if (!this.#open || this.#queued > maxQueuedBytes) return;
    const clock = from === "near" ? this.#far : this.#near;
    const last = from === "near" ? this.#lastFarMs : this.#lastNearMs;
    const atMs = Math.max(clock.nowMs() + this.#delayMs(), last + 0.001);
    if (from === "near") this.#lastFarMs = atMs;
    else this.#lastNearMs = atMs;
    this.#queued += data.length;
    clock.after(atMs - clock.nowMs(), () => {
      this.#queued -= data.length;
      if (this.#open) (from === "near" ? this.#toFar : this.#toNear)?.(data);
    });
  }
}
