import { generateKeyPairSync, sign } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
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
