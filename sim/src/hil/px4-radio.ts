import type { Chance, DatagramSocket, Datagrams, Peer } from "@outrider/contract";
import { createLossyConduit, type FaultSet } from "../faults/index.js";

export type Px4AirDeps = {
  readonly datagrams: Datagrams;
  readonly host: string;
  /** Where PX4 SITL speaks to by itself: 14550, whichever the instance. */
  readonly port: number;
  readonly bridge: Peer;
  readonly chance: Pick<Chance, "unit">;
  readonly faults: FaultSet;
  readonly onError: (error: Error) => void;
};

/** The radio of one aircraft that a real PX4 flies. */
export type Px4Radio = {
  step(nowMs: number): void;
  /** Somebody else within earshot: the aircraft hears it for certain, and its radio carries it on to the bridge. */
  hearStranger(bytes: Uint8Array): void;
  close(): void;
};

type Seat = { fromPx4(bytes: Uint8Array, from: Peer): void };

/** PX4's ground station link: instance i speaks from here plus i. */
const px4Port = 18_570;

/**
 * The air between real PX4s and the bridge: each frame passes through, so that what breaks a radio breaks theirs. PX4
 * answers for ever whoever spoke to it first, which is this port; to the bridge each aircraft speaks from a port of its own.
 */
export class Px4Air {
  readonly #deps: Px4AirDeps;
  readonly #socket: DatagramSocket;
  readonly #seats = new Map<number, Seat>();

  constructor(deps: Px4AirDeps) {
    this.#deps = deps;
    this.#socket = deps.datagrams.bind(
      { port: deps.port, host: deps.host },
      {
        onDatagram: (bytes, from) => this.#seats.get(from.port - px4Port)?.fromPx4(bytes, from),
        onError: deps.onError,
        onBound: () => undefined,
      },
    );
  }

  /** Only what is sent here may be delayed; times are those of `step`. `target` is the name by which faults address it. */
  radio(instance: number, target: string): Px4Radio {
    const { datagrams, bridge, chance, faults, onError } = this.#deps;
    let px4: Peer | undefined;
    let nowMs = 0;
    const up = createLossyConduit({ chance, faults, target, deliver: (bytes) => socket.send(bytes, bridge) });
    const toPx4 = (bytes: Uint8Array): void => {
      if (px4 !== undefined) this.#socket.send(bytes, px4);
    };
    const down = createLossyConduit({ chance, faults, target, deliver: toPx4 });
    const socket = datagrams.bind(
      { port: 0, host: "127.0.0.1" },
      { onDatagram: (bytes) => down.send(bytes, nowMs), onError, onBound: () => undefined },
    );
    this.#seats.set(instance, {
      fromPx4: (bytes, from) => {
        px4 = from;
        up.send(bytes, nowMs);
      },
    });
    return {
      step: (tMs) => {
        nowMs = tMs;
        down.step(tMs);
        up.step(tMs);
      },
      hearStranger: (bytes) => {
        toPx4(bytes);
        up.send(bytes, nowMs);
      },
      close: () => {
        this.#seats.delete(instance);
        socket.close();
        if (this.#seats.size === 0) this.#socket.close();
      },
    };
  }
}
