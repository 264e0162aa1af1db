import { encodeFrame, isSigned, sha256, signFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FakeDisk } from "../testing/index.js";
import { TrackDesk } from "./index.js";

const path = { key: "udp|a", link: "udp", peer: "a", signed: false };
const beat = (seq: number): Uint8Array => encodeFrame({ name: "HEARTBEAT", type: 2 }, { sysid: 1, compid: 1, seq });

function records(bytes: readonly number[]): { tMs: number; frame: Uint8Array }[] {
  const all = Uint8Array.from(bytes);
  const view = new DataView(all.buffer);
  const out: { tMs: number; frame: Uint8Array }[] = [];
  for (let at = 0; at < all.length; ) {
    const end = at + 8 + (all[at + 9] ?? 0) + 12;
    out.push({ tMs: Number(view.getBigUint64(at)) / 1000, frame: all.slice(at + 8, end) });
    at = end;
  }
  return out;
}

describe("the recording of a flight", () => {
  it("runs from just before arming to disarming, without signatures and without keys, and is sealed", () => {
    const disk = new FakeDisk();
    const tracks = new TrackDesk({ disk, folder: "tracks", log: () => {} });
    tracks.follow("u1", [path], false, 0);
    tracks.take("udp|a", beat(0), 1_000);
    tracks.follow("u1", [path], false, 12_000);
    tracks.take("udp|a", beat(1), 12_000);
    tracks.follow("u1", [path], true, 12_500);
    tracks.take("udp|a", signFrame(beat(2), new Uint8Array(32).fill(7), 1, 99), 13_000);
    tracks.take("udp|a", encodeFrame({ name: "SETUP_SIGNING" }, { sysid: 255, compid: 190, seq: 0 }), 13_100);
    tracks.take("udp|other", beat(3), 13_200);
    tracks.write();
    tracks.take("udp|a", beat(4), 14_000);
    tracks.follow("u1", [path], false, 15_000);
    const name = "tracks/u1-12500.tlog";
    const held = records(disk.files.get(name) ?? []);
    expect(held.map(({ tMs, frame }) => [tMs, frame[4], isSigned(frame)])).toEqual([
      [12_000, 1, false],
      [13_000, 2, false],
      [14_000, 4, false],
    ]);
    const seal = JSON.parse(disk.text(`${name}.seal.json`)) as { blocks: string[] };
    let at = 0;
    for (const block of seal.blocks) {
      const [length = "0", hash] = block.split(" ");
      const bytes = Uint8Array.from((disk.files.get(name) ?? []).slice(at, at + Number(length)));
      expect([...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(hash);
      at += Number(length);
    }
    expect(at).toBe(disk.files.get(name)?.length);
  });
});
