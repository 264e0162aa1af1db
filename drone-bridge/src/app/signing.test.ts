import { readSignature, signatureMatches, signFrame, signingTimestamp } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { bench, FakeAutopilot, type FakeClock, uidA, uidB } from "../testing/index.js";

const key = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
const startMs = Date.UTC(2026, 0, 1);

/** The aircraft at port 1 signs, as PX4 1.17 does with a key; the one at port 2 cannot. */
function firstSigns(): (frame: Uint8Array, port: number, clock: FakeClock) => Uint8Array {
  let last = 0;
  return (frame, port, clock) => {
    if (port !== 1) return frame;
    last = Math.max(last + 1, signingTimestamp(clock.nowMs()));
    return signFrame(frame, key, 1, last);
  };
}

function site(signing: "required" | "preferred") {
  const b = bench({ startMs, config: { signing }, signingKey: key, seal: firstSigns() });
  new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
  new FakeAutopilot(b, { uid: uidB, sysid: 2, port: 2 });
  b.clock.run(4_000);
  const identified = b.station.facts("AircraftIdentified").map(({ data }) => [data["uid"], data["signedLink"]]);
  return { b, identified };
}

describe("a bridge with a key", () => {
  it("hears only aircraft that sign, where signing is required", () => {
    expect(site("required").identified).toEqual([[uidA, true]]);
  });

  it("counts for the station what it signed, heard and refused, and why", () => {
    const { b } = site("required");
    b.clock.run(12_000);
    const told = b.station.texts.filter((text) => text["kind"] === "health").at(-1)?.["signing"];
    expect(told).toMatchObject({ policy: "required", unsignedIn: 0, newStreams: 1, refused: { forged: 0 } });
    const { signedIn, signedOut, refused } = told as {
      signedIn: number;
      signedOut: number;
      refused: { unsigned: number };
    };
    for (const count of [signedIn, signedOut, refused.unsigned]) expect(count).toBeGreaterThan(5);
  });

  it("hears an aircraft that cannot, where it is preferred, and says that its link is unsigned", () => {
    const { identified } = site("preferred");
    expect(new Map(identified.map(([uid, signed]) => [uid, signed]))).toEqual(
      new Map([
        [uidA, true],
        [uidB, false],
      ]),
    );
  });

  it("signs all that it sends, over a restart with later timestamps than before, and writes its key nowhere", () => {
    const { b } = site("required");
    const sent = (): readonly Uint8Array[] => b.radio.sent.get("127.0.0.1:1") ?? [];
    const before = sent().length;
    b.restart();
    b.clock.run(3_000);
    expect(sent().length).toBeGreaterThan(before);
    expect(sent().every((frame) => signatureMatches(frame, key))).toBe(true);
    const stamps = sent().map((frame) => readSignature(frame)?.timestamp ?? -1);
    expect(stamps).toEqual([...new Set(stamps)].sort((x, y) => x - y));
    const written = [...b.disk.files.values()].map((bytes) => Buffer.from(bytes).toString("hex")).join();
    expect(written).not.toContain(Buffer.from(key).toString("hex"));
    expect(b.disk.text("signing.json")).toContain("reservedUntil");
  });
});

describe("a bridge that wants a key", () => {
  it("says so where it has none, hears nobody and sends nothing", () => {
    const b = bench({ startMs, config: { signing: "required" }, seal: firstSigns() });
    new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
    b.clock.run(3_000);
    expect(b.problems.join()).toContain("bridge.signing is configured");
    expect([b.radio.bytesTo("127.0.0.1:1"), b.station.facts("AircraftIdentified")]).toEqual([0, []]);
  });

  it("starts with none where signing is not configured, and shows unsigned links", () => {
    const b = bench({ startMs });
    new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
    b.clock.run(3_000);
    expect(b.station.facts("AircraftIdentified")).toMatchObject([{ data: { uid: uidA, signedLink: false } }]);
  });
});
