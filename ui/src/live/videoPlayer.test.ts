import { describe, expect, it } from "vitest";
import { codecOf } from "./videoPlayer.js";

describe("codecOf", () => {
  it("names the stream from its SPS, with three- or four-byte start codes", () => {
    expect(codecOf(new Uint8Array([0, 0, 0, 1, 0x09, 0xf0, 0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x1e, 1, 2, 3]))).toBe(
      "avc1.42c01e",
    );
    expect(codecOf(new Uint8Array([0, 0, 1, 0x67, 0x64, 0, 0x28, 9, 9]))).toBe("avc1.640028");
  });

  it("knows when a unit carries none", () => {
    expect(codecOf(new Uint8Array([0, 0, 1, 0x41, 1, 2, 3, 4, 5]))).toBeUndefined();
  });
});
