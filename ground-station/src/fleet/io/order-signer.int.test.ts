import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { orderSignerFrom } from "./order-signer.js";

describe("the station's private key", () => {
  it("signs with Ed25519 so that its public half verifies", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const signer = orderSignerFrom("bridge.orders.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    expect(signer.keyId).toMatch(/^[0-9a-f]{16}$/);
    const signature = Buffer.from(signer.sign("hold"), "base64");
    expect(verify(null, Buffer.from("hold"), createPublicKey(privateKey), signature)).toBe(true);
    expect(verify(null, Buffer.from("held"), createPublicKey(privateKey), signature)).toBe(false);
  });

  it("of another kind, or none, is named by its field and never shown", () => {
    const other = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(() => orderSignerFrom("bridge.orders.key", other)).toThrow(/bridge.orders.key: a key of kind x25519/);
    expect(() => orderSignerFrom("bridge.orders.key", "secret words")).toThrow(
      /^bridge.orders.key: no private key in PEM form [^s]*/,
    );
    expect(() => orderSignerFrom("bridge.orders.key", "secret words")).not.toThrow(/secret words/);
  });
});
