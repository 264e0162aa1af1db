import { encodeFrame, FrameReader, isSigned, sha256, signFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type FactSink, Journal, type KnownRecording } from "../journal/index.js";
import { readTlog } from "../link/index.js";
import { FakeClock, FakeDisk } from "../testing/index.js";
import { type TrackDeps, TrackDesk } from "./index.js";

const path = { key: "udp|a", link: "udp", peer: "a", signed: false };
const beat = (seq: number): Uint8Array => encodeFrame({ name: "HEARTBEAT", type: 2 }, { sysid: 1, compid: 1, seq });
const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

type Told = { readonly type: string; readonly data: Record<string, unknown> };

function desk(options: Partial<TrackDeps> = {}): { disk: FakeDisk; told: Told[]; tracks: TrackDesk } {
  const disk = options.disk instanceof FakeDisk ? options.disk : new FakeDisk();
  const told: Told[] = [];
  const sink: FactSink = (type, data) => told.push({ type, data });
  return { disk, told, tracks: new TrackDesk({ disk, folder: "tracks", log: () => {}, sink, ...options }) };
}

function held(disk: FakeDisk, name: string): [number, number | undefined][] {
  const out: [number, number | undefined][] = [];
  readTlog(Uint8Array.from(disk.files.get(name) ?? []), ({ tMs, frame }) => out.push([tMs, frame[4]]));
  return out;
}

/** One short flight of `frames` heartbeats, armed at `fromMs`. */
function fly(tracks: TrackDesk, fromMs: number, frames: number, uid = "u1"): void {
  tracks.follow(uid, [path], true, fromMs, "l_1");
  for (let i = 0; i < frames; i++) tracks.take("udp|a", beat(i), fromMs + i);
  tracks.follow(uid, [path], false, fromMs + frames);
}

describe("the recording of a flight", () => {
  it("runs from just before arming to disarming, without signatures and without keys, and is sealed by its hash", () => {
    const { disk, told, tracks } = desk();
    tracks.follow("u1", [path], false, 0);
    tracks.take("udp|a", beat(0), 1_000);
    tracks.follow("u1", [path], false, 12_000);
    tracks.take("udp|a", beat(1), 12_000);
    tracks.follow("u1", [path], true, 12_500, "l_1");
    tracks.take("udp|a", signFrame(beat(2), new Uint8Array(32).fill(7), 1, 99), 13_000);
    tracks.take("udp|a", encodeFrame({ name: "SETUP_SIGNING" }, { sysid: 255, compid: 190, seq: 0 }), 13_100);
    tracks.take("udp|other", beat(3), 13_200);
    tracks.write();
    tracks.take("udp|a", beat(4), 14_000);
    tracks.follow("u1", [path], false, 15_000);
    const file = "tracks/u1-12500.tlog";
    expect(held(disk, file)).toEqual([
      [12_000, 1],
      [13_000, 2],
      [14_000, 4],
    ]);
    const bytes = Uint8Array.from(disk.files.get(file) ?? []);
    readTlog(bytes, ({ frame }) => expect(isSigned(frame)).toBe(false));
    const hash = hexOf(sha256(bytes));
    expect(told).toEqual([
      { type: "RecordingBegan", data: { uid: "u1", launchId: "l_1", file, part: 1, fromMs: 12_500 } },
      {
        type: "RecordingSealed",
        data: {
          uid: "u1",
          launchId: "l_1",
          file,
          sha256: hash,
          bytes: bytes.length,
          frames: 3,
          toMs: 15_000,
          dropped: 0,
          tornBytes: 0,
        },
      },
    ]);
    expect(disk.text(`${file}.sha256`)).toBe(`${hash}  u1-12500.tlog\n`);
  });

  it("holds a frame as it was found byte for byte as one that was cut out", () => {
    const [found, cut] = [desk(), desk()];
    const frames = Array.from({ length: 300 }, (_, n) =>
      encodeFrame({ name: "ATTITUDE", timeBootMs: n, roll: n / 7 }, { sysid: 1, compid: 1, seq: n & 0xff }),
    );
    const version = encodeFrame({ name: "AUTOPILOT_VERSION", uid: 7n }, { sysid: 1, compid: 1, seq: 0 });
    const signed = signFrame(beat(5), new Uint8Array(32).fill(7), 1, 99);
    const reader = new FrameReader({ reuseFrame: true });
    const flight = (take: (bytes: Uint8Array, tMs: number) => void, { tracks }: ReturnType<typeof desk>): void => {
      tracks.follow("u1", [path], false, 0);
      take(version, 10);
      for (const [n, bytes] of frames.slice(0, 150).entries()) take(bytes, 100 + n * 50.25);
      tracks.follow("u1", [path], true, 8_000, "l_1");
      for (const [n, bytes] of [...frames.slice(150), signed].entries()) take(bytes, 8_000 + n * 3.5);
      tracks.write();
      take(frames[0] ?? version, 10_000);
      tracks.follow("u1", [path], false, 11_000);
    };
    flight((bytes, tMs) => cut.tracks.take("udp|a", bytes, tMs), cut);
    flight((bytes, tMs) => reader.pushDatagram(bytes, (frame) => found.tracks.take("udp|a", frame, tMs)), found);
    const file = "tracks/u1-8000.tlog";
    expect(found.disk.files.get(file)).toEqual(cut.disk.files.get(file));
    expect(held(cut.disk, file).length).toBeGreaterThan(300);
  });

  it("begins with the name of the aircraft, however long ago that was said", () => {
    const { disk, tracks } = desk();
    tracks.follow("u1", [path], false, 0);
    const name = encodeFrame({ name: "AUTOPILOT_VERSION", uid: 7n }, { sysid: 1, compid: 1, seq: 9 });
    tracks.take("udp|a", name, 1_000);
    for (let s = 2; s < 3_600; s++) tracks.take("udp|a", beat(s & 0xff), s * 1_000);
    tracks.follow("u1", [path], true, 3_600_000);
    tracks.follow("u1", [path], false, 3_600_001);
    const [first, second] = held(disk, "tracks/u1-3600000.tlog");
    expect(first).toEqual([3_590_000, 9]);
    expect(second?.[0]).toBe(3_590_000);
    expect(held(disk, "tracks/u1-3600000.tlog")).toHaveLength(11);
  });

  it("begins with that name though thousands of others were made up since, at addresses that nobody flies at", () => {
    const { disk, tracks } = desk();
    tracks.follow("u1", [path], false, 0);
    const name = (sysid: number): Uint8Array =>
      encodeFrame({ name: "AUTOPILOT_VERSION", uid: 7n }, { sysid, compid: 1, seq: 9 });
    tracks.take("udp|a", name(1), 1_000);
    for (let n = 0; n < 2_000; n++) tracks.take(`udp|${n}`, name(n % 250), 1_000);
    tracks.follow("u1", [path], true, 60_000);
    tracks.follow("u1", [path], false, 60_001);
    expect(held(disk, "tracks/u1-60000.tlog")).toEqual([[50_000, 9]]);
  });

  it("goes on in a next file where one grows too large, each sealed", () => {
    const { disk, told, tracks } = desk({ partBytes: 100 });
    fly(tracks, 1_000, 9);
    const files = ["tracks/u1-1000.tlog", "tracks/u1-1000-2.tlog", "tracks/u1-1000-3.tlog"];
    expect(files.flatMap((file) => held(disk, file).map(([, seq]) => seq))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const sealed = told.filter(({ type }) => type === "RecordingSealed").map(({ data }) => data["file"]);
    expect(sealed).toEqual(files);
  });

  it("makes room by deleting the oldest sealed one and says so; one that is being written stays", () => {
    const { disk, told, tracks } = desk({ mostBytes: 300 });
    fly(tracks, 1_000, 5);
    fly(tracks, 2_000, 5);
    tracks.follow("u1", [path], true, 3_000);
    for (let i = 0; i < 20; i++) tracks.take("udp|a", beat(i), 3_000 + i);
    tracks.write();
    tracks.write();
    const deleted = told.filter(({ type }) => type === "RecordingDeleted").map(({ data }) => data["file"]);
    expect(deleted).toEqual(["tracks/u1-1000.tlog", "tracks/u1-2000.tlog"]);
    expect([...disk.files.keys()]).toEqual(["tracks/u1-3000.tlog"]);
    expect(held(disk, "tracks/u1-3000.tlog")).toHaveLength(20);
  });

  it("tries again what a full disk refused, in order, and seals the whole", () => {
    const { disk, told, tracks } = desk();
    tracks.follow("u1", [path], true, 1_000);
    tracks.take("udp|a", beat(0), 1_000);
    disk.failing = true;
    tracks.write();
    tracks.take("udp|a", beat(1), 1_001);
    tracks.write();
    disk.failing = false;
    tracks.write();
    tracks.follow("u1", [path], false, 1_002);
    const bytes = Uint8Array.from(disk.files.get("tracks/u1-1000.tlog") ?? []);
    expect(held(disk, "tracks/u1-1000.tlog").map(([, seq]) => seq)).toEqual([0, 1]);
    expect(told.map(({ type }) => type)).toEqual(["RecordingBegan", "RecordingFailed", "RecordingSealed"]);
    expect(told.at(-1)?.data["sha256"]).toBe(hexOf(sha256(bytes)));
  });
});

describe("a recording that a crash left open", () => {
  /** What a bridge that is killed in mid-flight leaves: a journal that knows, and a file cut at any byte. */
  function crashed(cut: number): { disk: FakeDisk; known: readonly KnownRecording[] } {
    const disk = new FakeDisk();
    const clock = new FakeClock();
    const journal = new Journal({ disk, name: "j", run: clock, wall: clock, log: () => {} });
    journal.open(() => {});
    const tracks = new TrackDesk({ disk, folder: "t", log: () => {}, sink: (type, data) => journal.fact(type, data) });
    tracks.follow("u1", [path], true, 1_000);
    for (let i = 0; i < 4; i++) tracks.take("udp|a", beat(i), 1_000 + i);
    tracks.write();
    disk.files.get("t/u1-1000.tlog")?.splice(cut);
    const again = new Journal({ disk, name: "j", run: clock, wall: clock, log: () => {} });
    again.open(() => {});
    return { disk, known: again.recordings() };
  }

  it("is cut behind its last whole record, wherever the crash cut it, and sealed at the next start", () => {
    const recordBytes = 8 + beat(0).length;
    for (let cut = 0; cut <= 4 * recordBytes; cut++) {
      const { disk, known } = crashed(cut);
      const { told, tracks } = desk({ disk });
      tracks.start(known);
      const whole = Math.floor(cut / recordBytes);
      const bytes = Uint8Array.from(disk.files.get("t/u1-1000.tlog") ?? []);
      expect(bytes.length).toBe(whole * recordBytes);
      expect(told.map(({ type }) => type)).toEqual(["RecordingSealed"]);
      expect(told[0]?.data).toMatchObject({
        frames: whole,
        tornBytes: cut - whole * recordBytes,
        sha256: hexOf(sha256(bytes)),
      });
    }
  });

  it("counts in the room that recordings take, and is told once", () => {
    const { disk, known } = crashed(29);
    const { told, tracks } = desk({ disk, mostBytes: 10 });
    tracks.start(known);
    tracks.write();
    expect(told.map(({ type }) => type)).toEqual(["RecordingSealed", "RecordingDeleted"]);
  });
});
