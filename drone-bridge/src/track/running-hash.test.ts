import { sha256 } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunningHash } from "./running-hash.js";

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

describe("the hash of a recording", () => {
  it("is SHA-256 of the whole, in whatever pieces it came", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
        const hash = new RunningHash();
        for (const piece of pieces) hash.add(piece);
        expect(hash.hex()).toBe(hexOf(sha256(Uint8Array.from(pieces.flatMap((piece) => [...piece])))));
      }),
    );
  });

  it("is the known one of abc", () => {
    const hash = new RunningHash();
    hash.add(new TextEncoder().encode("abc"));
    expect(hash.hex()).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
