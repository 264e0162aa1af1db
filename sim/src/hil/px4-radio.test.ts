import type { Datagrams, Peer } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { FaultSet } from "../faults/index.js";
import { Px4Air } from "./px4-radio.js";

const bridge: Peer = { host: "127.0.0.1", port: 14_650 };
const px4Of = (instance: number): Peer => ({ host: "127.0.0.1", port: 18_570 + instance });
const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

type Sent = { readonly from: number; readonly to: number; readonly bytes: readonly number[] };

/** Every socket in the test's hand; a port of 0 gets one from 40000 on. */
function bench() {
  const sent: Sent[] = [];
  const heard = new Map<number, (bytes: Uint8Array, from: Peer) => void>();
  let nextPort = 40_000;
  const datagrams: Datagrams = {
    bind: (at, handlers) => {
      const port = at.port === 0 ? nextPort++ : at.port;
      heard.set(port, (bytes, from) => handlers.onDatagram(bytes, from));
      return {
        send: (bytes, peer) => sent.push({ from: port, to: peer.port, bytes: [...bytes] }),
        close: () => heard.delete(port),
      };
    },
  };
  const faults = new FaultSet();
  const air = new Px4Air({
    datagrams,
    host: "127.0.0.1",
    port: 14_550,
    bridge,
    chance: { unit: () => 0.5 },
    faults,
    onError: (error) => {
      throw error;
    },
  });
  const radios = [air.radio(0, "uid-0"), air.radio(1, "uid-1")];
  const px4Says = (instance: number, ...bytes: number[]): void =>
    heard.get(14_550)?.(bytesOf(...bytes), px4Of(instance));
  const bridgeSays = (port: number, ...bytes: number[]): void => heard.get(port)?.(bytesOf(...bytes), bridge);
  const step = (tMs: number): void => {
    for (const radio of radios) radio.step(tMs);
  };
  const take = (): Sent[] => sent.splice(0);
  return { faults, radios, px4Says, bridgeSays, step, take, heard };
}

describe("the air between real PX4s and the bridge", () => {
  it("carries each aircraft's frames from a port of its own, and the bridge's answers to that PX4 alone", () => {
    const { px4Says, bridgeSays, take } = bench();
    bridgeSays(40_000, 9);
    expect(take()).toEqual([]);
    px4Says(0, 1);
    px4Says(1, 2);
    expect(take()).toEqual([
      { from: 40_000, to: 14_650, bytes: [1] },
      { from: 40_001, to: 14_650, bytes: [2] },
    ]);
    bridgeSays(40_001, 3);
    expect(take()).toEqual([{ from: 14_550, to: 18_571, bytes: [3] }]);
  });

  it("is dead both ways for the aircraft behind the hill, and for no other, until the hill is gone", () => {
    const { faults, px4Says, bridgeSays, take } = bench();
    px4Says(0, 1);
    take();
    const hill = faults.inject("uid-0", { kind: "dead-link" }, 0);
    px4Says(0, 1);
    bridgeSays(40_000, 2);
    px4Says(1, 3);
    expect(take().map((one) => one.bytes)).toEqual([[3]]);
    faults.clear(hill);
    px4Says(0, 4);
    expect(take().map((one) => one.bytes)).toEqual([[4]]);
  });

  it("delays by the time of the run", () => {
    const { faults, px4Says, step, take } = bench();
    step(1_000);
    faults.inject("uid-0", { kind: "delay", delayMs: 300, jitterMs: 0 }, 0);
    px4Says(0, 1);
    step(1_200);
    expect(take()).toEqual([]);
    step(1_300);
    expect(take().map((one) => one.bytes)).toEqual([[1]]);
  });

  it("lets the aircraft and the bridge hear a stranger", () => {
    const { radios, px4Says, take } = bench();
    px4Says(1, 1);
    take();
    radios[1]?.hearStranger(bytesOf(7));
    expect(take().map(({ to, bytes }) => [to, bytes])).toEqual([
      [18_571, [7]],
      [14_650, [7]],
    ]);
  });

  it("gives its ports back with the last aircraft", () => {
    const { radios, heard } = bench();
    radios[0]?.close();
    expect(heard.has(14_550)).toBe(true);
    radios[1]?.close();
    expect(heard.size).toBe(0);
  });
});
