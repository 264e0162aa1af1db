import {
  type Order,
  type OrderSigner,
  orderSigningText,
  type StationSaid,
  saidSigningText,
  stationToBridge,
} from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { OrderSeal } from "./order-seal.js";

const signer: OrderSigner = { keyId: "aaaaaaaaaaaaaaaa", sign: (text) => `signed ${text}` };
const order: Order = {
  orderId: "o_1",
  uid: "4f535452",
  act: { verb: "hold" },
  issuedBy: { kind: "system", part: "ground-station" },
  issuedAtMs: 1,
  maxAgeMs: 2_000,
};

function sealAt(startMs: number): { seal: OrderSeal; wait(ms: number): void } {
  let nowMs = startMs;
  const clock = { nowMs: () => nowMs, after: () => () => undefined };
  const seal = new OrderSeal({ signer, stationId: "station-1", clock });
  return {
    seal,
    wait: (ms) => {
      nowMs += ms;
    },
  };
}
const hello = { bridgeId: "bridge-1", challenge: "c_1", tMs: 500_000 };

describe("the seal on orders", () => {
  it("signs what the bridge will carry out, for that bridge and that connection, counted", () => {
    const { seal } = sealAt(0);
    seal.opened(hello);
    const proof = seal.prove(order);
    if (proof === undefined) throw new Error("no proof");
    const { signature, ...rest } = proof;
    expect(signature).toBe(`signed ${orderSigningText(order, rest, hello)}`);
    expect(proof).toMatchObject({ stationId: "station-1", keyId: signer.keyId, seq: 1 });
    expect(seal.prove(order)?.seq).toBe(2);
    seal.opened({ ...hello, challenge: "c_2" });
    expect(seal.prove(order)?.seq).toBe(1);
  });

  it("says by the bridge's own clock when an order is void, however far apart the clocks are", () => {
    const { seal, wait } = sealAt(7_000_000);
    seal.opened(hello);
    wait(10_000);
    expect(seal.prove(order)?.expiresMs).toBe(500_000 + 10_000 + 2_000);
  });

  it("never gives an order more time than it has: the quickest answer of the bridge counts", () => {
    const { seal, wait } = sealAt(0);
    seal.opened(hello);
    wait(1_000);
    // 400 ms on the way, and then 20.
    seal.heard(500_600);
    wait(1_000);
    seal.heard(501_980);
    expect(seal.prove(order)?.expiresMs).toBe(502_000 + 2_000);
  });

  it("is on every sample of sticks, for half a second, counted together with orders (INV-11)", () => {
    const { seal } = sealAt(0);
    seal.opened(hello);
    expect(seal.prove(order)?.seq).toBe(1);
    const sticks: StationSaid = { kind: "sticks", uid: "4f", forward: 0.6, right: 0, up: 0, yaw: -1, grantId: "o_1" };
    const proof = seal.proveSaid(sticks);
    if (proof === undefined) throw new Error("no proof");
    // As the bridge reads it from the wire.
    const heard = stationToBridge.parse(JSON.parse(JSON.stringify({ ...sticks, proof: { ...proof, signature: "x" } })));
    const { signature, ...rest } = proof;
    if (heard.kind !== "sticks") throw new Error("not sticks");
    expect(signature).toBe(`signed ${saidSigningText(heard, rest, hello)}`);
    expect(rest).toMatchObject({ seq: 2, expiresMs: 500_500 });
    expect(seal.proveSaid({ kind: "feed", n: 1 })).toMatchObject({ seq: 3, expiresMs: 505_000 });
  });

  it("is left off for a bridge that asks for none", () => {
    const { seal } = sealAt(0);
    expect(seal.prove(order)).toBeUndefined();
    expect(seal.proveSaid({ kind: "feed", n: 1 })).toBeUndefined();
    seal.opened({ bridgeId: "bridge-1" });
    expect(seal.prove(order)).toBeUndefined();
  });
});
