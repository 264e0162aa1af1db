import { createSocket, type Socket } from "node:dgram";
import { SeededChance } from "../../storm/seeded-chance.js";
import { SoakAircraft } from "../soak-aircraft.js";

/** Mean seconds until an aircraft speaks from another address: a modem that dials in again. */
const movesEveryS = 120;

type Radio = { readonly aircraft: SoakAircraft; socket: Socket };

/** The aircraft of a soak, each behind a UDP socket of its own, in real time. */
export class SoakFleet {
  readonly #radios: Radio[];
  readonly #port: number;
  readonly #hz: number;
  readonly #chance: SeededChance;
  #sent = 0;
  #steps = 0;
  #calm = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { readonly port: number; readonly count: number; readonly hz: number; readonly seed: number }) {
    this.#port = options.port;
    this.#hz = options.hz;
    this.#chance = new SeededChance(options.seed, 0);
    this.#radios = Array.from({ length: options.count }, (_, n) => {
      const dice = new SeededChance(options.seed, n + 1);
      const aircraft = new SoakAircraft(n + 1, () => dice.unit(), Date.now());
      return { aircraft, socket: this.#socket(aircraft) };
    });
  }

  get sent(): number {
    return this.#sent;
  }

  start(): void {
    const startMs = performance.now();
    const everyMs = 1_000 / this.#hz;
    // A late timer is caught up with: the rate is kept on a busy machine too.
    this.#timer = setInterval(() => {
      while (this.#steps * everyMs < performance.now() - startMs) this.#step();
    }, everyMs / 2);
  }

  calm(): void {
    this.#calm = true;
    for (const { aircraft } of this.#radios) aircraft.calm();
  }

  /** The first `count` are never heard again; answers their system ids. */
  leave(count: number): readonly number[] {
    const leaving = this.#radios.slice(0, count);
    for (const { aircraft } of leaving) aircraft.leave();
    return leaving.map(({ aircraft }) => aircraft.sysid);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#radios) socket.close();
  }

  #step(): void {
    this.#steps++;
    const tMs = Date.now();
    for (const radio of this.#radios) {
      if (!this.#calm && this.#chance.unit() < 1 / (movesEveryS * this.#hz)) {
        radio.socket.close();
        radio.socket = this.#socket(radio.aircraft);
      }
      for (const datagram of radio.aircraft.step(tMs, this.#hz)) this.#send(radio.socket, datagram);
    }
  }

  #socket(aircraft: SoakAircraft): Socket {
    const socket = createSocket("udp4");
    socket.on("message", (bytes) => {
      for (const answer of aircraft.hear(bytes, Date.now())) this.#send(socket, answer);
    });
    socket.on("error", () => undefined);
    return socket;
  }

  #send(socket: Socket, datagram: Uint8Array): void {
    this.#sent++;
    socket.send(datagram, this.#port, "127.0.0.1");
  }
}
