import { TIMESTAMPS_PER_MS } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Freshness, SignedStreams } from "./signed-streams.js";

const now = 40_000_000_000_000;
const sender = { sysid: 7, compid: 1 };

function heard(streams: SignedStreams, stamps: readonly number[]): readonly Freshness[] {
  return stamps.map((stamp) => streams.judge(sender, 1, stamp, now));
}

describe("what is heard of a signed stream", () => {
  it("is each frame of a burst once, in whatever order the network brings it, after the first that was heard", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99_000 }), { minLength: 1, maxLength: 100 }), (offsets) => {
        const streams = new SignedStreams();
        const stamps = offsets.map((offset) => now + offset);
        expect(heard(streams, [now, ...stamps])).toEqual(Array(stamps.length + 1).fill("fresh"));
        expect(heard(streams, [now, ...stamps])).toEqual(Array(stamps.length + 1).fill("replayed"));
      }),
      { numRuns: 50 },
    );
  });

  it("is nothing twice, however long the stream and whenever the repetition comes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 300, maxLength: 600 }), (jitters) => {
        const streams = new SignedStreams();
        const accepted = new Set<number>();
        jitters.forEach((jitter, index) => {
          const stamp = now + 1_000 + index * 50 + jitter;
          const fresh = streams.judge(sender, 1, stamp, now) === "fresh";
          expect(fresh && accepted.has(stamp)).toBe(false);
          if (fresh) accepted.add(stamp);
        });
        expect(heard(streams, [...accepted])).toEqual(Array(accepted.size).fill("replayed"));
      }),
      { numRuns: 30 },
    );
  });

  it("is not what was overtaken by more than a second, nor what is older than the first frame of the stream", () => {
    const second = 1_000 * TIMESTAMPS_PER_MS;
    const streams = new SignedStreams();
    expect(heard(streams, [now, now - 1, now + 2 * second, now + second - 1, now + second])).toEqual([
      "fresh",
      "replayed",
      "fresh",
      "replayed",
      "fresh",
    ]);
  });

  it("keeps streams of two link ids and two components apart", () => {
    const streams = new SignedStreams();
    expect(streams.judge(sender, 1, now + 5, now)).toBe("fresh");
    expect(streams.judge(sender, 2, now, now)).toBe("fresh");
    expect(streams.judge({ sysid: 7, compid: 2 }, 1, now, now)).toBe("fresh");
    expect(streams.count).toBe(3);
  });

  it("is nothing older than a minute, even of a stream that is known", () => {
    const streams = new SignedStreams();
    const old = now - 60_001 * TIMESTAMPS_PER_MS;
    expect(heard(streams, [old, old + 2 * TIMESTAMPS_PER_MS])).toEqual(["old", "fresh"]);
  });
});
