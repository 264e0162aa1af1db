import { createSocket, type Socket } from "node:dgram";
import { bridgeToDock, type DockToBridge, type GeoPoint } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { decodeAs, FrameReader } from "@outrider/mavlink";
import { WebSocket } from "ws";

/** Where PX4's own physics shows the true state of instance 0 (HIL_STATE_QUATERNION, 25 Hz); others count up. */
const truthPort = 19410;
const onPadM = 3;
const stillMps = 0.3;

export type PadWish = {
  readonly dockId: string;
  readonly point: GeoPoint;
  readonly altAmslM: number;
  /** Whose aircraft stands here; 0 where left out. */
  readonly instance?: number;
};

/**
 * A pad without a door that speaks dock/1. Its pressure mat feels the true place of PX4's own physics, never what the
 * autopilot believes: what the aircraft says of itself must not vouch for it.
 */
export class BarePad {
  readonly #wish: PadWish;
  readonly #truth: Socket = createSocket("udp4");
  #socket: WebSocket | undefined;
  #beat: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;
  #occupied = false;
  /** Furthest true distance from the pad, and highest above it. */
  readonly far = { awayM: 0, upM: 0 };
  readonly orders: string[] = [];
  /** True distance from the pad's middle now. */
  awayM = Number.NaN;

  constructor(wish: PadWish) {
    this.#wish = wish;
    const reader = new FrameReader();
    this.#truth.on("error", () => undefined);
    this.#truth.on("message", (bytes) =>
      reader.pushDatagram(bytes, (frame) => {
        const state = decodeAs(frame, "HIL_STATE_QUATERNION");
        if (state === undefined) return;
        const speedMps = Math.hypot(state.vx, state.vy, state.vz) / 100;
        this.#feel({ latDeg: state.lat / 1e7, lonDeg: state.lon / 1e7 }, state.alt / 1000, speedMps);
      }),
    );
    this.#truth.bind(truthPort + (wish.instance ?? 0), "127.0.0.1");
  }

  get occupied(): boolean {
    return this.#occupied;
  }

  /** Dials the bridge, and again whenever the connection ends. */
  dial(url: string, token: string): void {
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.on("message", (data: Buffer) => {
      const order = bridgeToDock.parse(JSON.parse(data.toString("utf8")));
      if (order.kind === "welcome") return;
      this.orders.push(order.kind);
      this.#say({ kind: "answer", orderId: order.orderId, result: "refused", reason: "a pad has no door" });
    });
    socket.on("open", () => {
      const { dockId } = this.#wish;
      this.#say({ kind: "hello", version: 1, dockId, token, provenance: "sim", type: "pad" });
      this.#state();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (!this.#closed) this.#again = setTimeout(() => this.dial(url, token), 1_000);
    });
    this.#beat ??= setInterval(() => this.#state(), 1_000);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#beat);
    clearTimeout(this.#again);
    this.#socket?.terminate();
    this.#truth.close();
  }

  #feel(point: GeoPoint, altAmslM: number, speedMps: number): void {
    this.awayM = geoDistanceM(point, this.#wish.point);
    const upM = altAmslM - this.#wish.altAmslM;
    this.far.awayM = Math.max(this.far.awayM, this.awayM);
    this.far.upM = Math.max(this.far.upM, upM);
    const was = this.#occupied;
    this.#occupied = this.awayM < onPadM && upM < 0.5 && speedMps < stillMps;
    if (was !== this.#occupied) this.#state();
  }

  #state(): void {
    const { dockId } = this.#wish;
    this.#say({
      kind: "state",
      dockId,
      door: "none",
      padClear: true,
      occupied: this.#occupied,
      charging: false,
      ageMs: 0,
    });
  }

  #say(message: DockToBridge): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
