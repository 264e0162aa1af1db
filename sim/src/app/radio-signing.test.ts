import { encodeFrame, readSignature, signFrame, signingTimestamp } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { RadioSigning } from "./radio-signing.js";

const key = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const otherKey = key.map((byte) => byte ^ 0x55);
const wallMs = 1_767_225_600_000;
const heartbeat = (seq = 0) => encodeFrame({ name: "HEARTBEAT", type: 6 }, { sysid: 255, compid: 190, seq });
const signed = (atMs: number, by = key, seq = 0) => signFrame(heartbeat(seq), by, 3, signingTimestamp(atMs));

describe("a radio that signs", () => {
  it("signs all that leaves, each with a later time, and takes what its own key signed, bare", () => {
    const radio = new RadioSigning(key, () => wallMs);
    const [first, second] = [radio.sign(heartbeat(1)), radio.sign(heartbeat(2))].map((frame) => readSignature(frame));
    expect(second?.timestamp).toBe((first?.timestamp ?? 0) + 1);
    const peer = new RadioSigning(key, () => wallMs);
    expect(peer.heard(radio.sign(heartbeat(3)))).toEqual([heartbeat(3)]);
    expect(peer.refused).toBe(0);
  });

  it.each([
    ["nobody signed", heartbeat()],
    ["another key signed", signed(wallMs, otherKey)],
    ["is more than a minute old, from who was not heard before", signed(wallMs - 61_000)],
  ])("does not hear what %s", (_name, frame) => {
    const radio = new RadioSigning(key, () => wallMs);
    expect(radio.heard(frame)).toEqual([]);
    expect(radio.refused).toBe(1);
  });

  it("does not hear the same frame twice, nor an earlier one of the same stream", () => {
    const radio = new RadioSigning(key, () => wallMs);
    const late = signed(wallMs + 5, key, 5);
    expect(radio.heard(late)).toHaveLength(1);
    expect(radio.heard(late)).toEqual([]);
    expect(radio.heard(signed(wallMs + 4, key, 4))).toEqual([]);
    expect(radio.heard(signed(wallMs + 6, key, 6))).toHaveLength(1);
  });

  it("hears a radio's own words, which cannot be signed, and every frame of a datagram by itself", () => {
    const radio = new RadioSigning(key, () => wallMs);
    const words = encodeFrame({ name: "RADIO_STATUS", rssi: 90 }, { sysid: 51, compid: 68, seq: 0 });
    const both = Uint8Array.from([...words, ...heartbeat(), ...signed(wallMs)]);
    expect(radio.heard(both)).toHaveLength(2);
    expect(radio.refused).toBe(1);
  });
});
