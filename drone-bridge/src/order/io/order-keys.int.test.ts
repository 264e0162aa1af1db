import { generateKeyPairSync, sign } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StationSaid, saidSigningText, stationToBridge } from "@outrider/contract";
import { afterAll, describe, expect, it } from "vitest";
import { OrderGuard } from "../order-guard.js";
import { orderKeysFrom } from "./order-keys.js";

const folder = mkdtempSync(join(tmpdir(), "outrider-order-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pair(name: string, mode = 0o644) {
  const made = generateKeyPairSync("ed25519");
  const file = join(folder, name);
  writeFileSync(file, made.publicKey.export({ type: "spki", format: "pem" }));
  chmodSync(file, mode);
  return { file, sign: (text: string) => sign(null, Buffer.from(text), made.privateKey).toString("base64") };
}
const trouble = (...files: string[]): string => {
  const keys = orderKeysFrom("station-1", files);
  return keys.kind === "trouble" ? keys.why : keys.kind;
};

describe("public keys of the station", () => {
  it("verify what one of them signed and no other byte, text or key (Ed25519)", () => {
    const [first, second, stranger] = [pair("a.pub"), pair("b.pub"), pair("c.pub")];
    const keys = orderKeysFrom("station-1", [first.file, second.file]);
    if (keys.kind !== "keys") throw new Error("no keys");
    const { verifier } = keys;
    const [idA = "", idB = ""] = verifier.keyIds;
    expect([idA, idB].every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
    const good = first.sign("hold OSPREY");
    expect(verifier.verify(idA, "hold OSPREY", good)).toBe(true);
    expect(verifier.verify(idB, "hold OSPREY", second.sign("hold OSPREY"))).toBe(true);
    expect(verifier.verify(idB, "hold OSPREY", good)).toBe(false);
    expect(verifier.verify(idA, "hold OSPREZ", good)).toBe(false);
    expect(verifier.verify(idA, "hold OSPREY", stranger.sign("hold OSPREY"))).toBe(false);
    for (const bad of ["", "AAAA", "x".repeat(88), `${good}AA`])
      expect(verifier.verify(idA, "hold OSPREY", bad)).toBe(false);
    const flipped = Buffer.from(good, "base64");
    for (let bit = 0; bit < 512; bit += 7) {
      const copy = Buffer.from(flipped);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifier.verify(idA, "hold OSPREY", copy.toString("base64"))).toBe(false);
    }
  });

  it("tell the station's own samples of sticks over the wire as it is, and no changed ones (INV-11)", () => {
    const mine = pair("wire.pub");
    const keys = orderKeysFrom("station-1", [mine.file]);
    const keyId = keys.kind === "keys" ? (keys.verifier.keyIds[0] ?? "") : "";
    const clock = { nowMs: () => 1_000, after: () => () => undefined };
    const guard = new OrderGuard({ keys, bridgeId: "bridge-1", clock });
    guard.opened("c_1");
    const sticks = { kind: "sticks", uid: "4f535452", forward: 0.1 + 0.2, right: -0, up: 0, yaw: 1e-7, grantId: "o_1" };
    const judged = (seq: number, change: (wire: string) => string): string => {
      const unsigned = { stationId: "station-1", keyId, seq, expiresMs: 1_500.25 };
      // Its own literal type is wider than the wire's; the parser below holds it to that.
      const text = saidSigningText(sticks as StationSaid, unsigned, { bridgeId: "bridge-1", challenge: "c_1" });
      const wire = JSON.stringify({ ...sticks, proof: { ...unsigned, signature: mine.sign(text) } });
      const heard = stationToBridge.parse(JSON.parse(change(wire)));
      return heard.kind === "sticks" ? guard.judge(heard).kind : heard.kind;
    };
    expect(judged(1, (wire) => wire)).toBe("own");
    expect(judged(2, (wire) => wire.replace("0.30000000000000004", "0.3"))).toBe("foreign");
    expect(judged(3, (wire) => wire.replace('"uid":"4f535452"', '"uid":"4f535453"'))).toBe("foreign");
    expect(judged(4, (wire) => wire.replace('"expiresMs":1500.25', '"expiresMs":1600'))).toBe("foreign");
    expect(judged(5, (wire) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(wire)).reverse())))).toBe(
      "own",
    );
  });

  it("that are missing, writable by all, private or of another kind are trouble, told and no end (security test 7)", () => {
    expect(trouble(join(folder, "none.pub"))).toContain("cannot be read");
    expect(trouble(pair("open.pub", 0o666).file)).toContain("written by others");
    const text = join(folder, "text.pub");
    writeFileSync(text, "");
    expect(trouble(text)).toContain("no public key");
    const secret = join(folder, "private.pub");
    writeFileSync(secret, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(trouble(secret)).toContain("private key");
    const other = join(folder, "rsa.pub");
    writeFileSync(other, generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "pem" }));
    expect(trouble(other)).toContain("x25519");
  });
});
