import { describe, expect, it } from "vitest";
import type { Read } from "./read.js";
import { pulseTimes, ReaderPulse } from "./reader-pulse.js";
import { Desk } from "./testing/desk.js";

const minute = 60_000;
const read = (receivedMs: number, delayMs = 800, readerId = "reader-1"): Read => ({
  ...{ readId: `r${receivedMs}`, sourceId: "s", uuids: [], isPreview: false, readerId, readerName: "Cole & Haight" },
  ...{ plate: "7KBM042", confidence: 90, others: [], vehicle: {}, atMs: receivedMs - delayMs, receivedMs },
  point: { latDeg: 0, lonDeg: 0 },
});
/** One that has read a plate each `everyMs`, the last at `reads * everyMs`. */
function paced(everyMs: number, reads: number): ReaderPulse {
  const pulse = new ReaderPulse();
  for (let n = 1; n <= reads; n++) pulse.hear(read(n * everyMs));
  return pulse;
}
const said = (pulse: ReaderPulse, nowMs: number) => pulse.troubles(nowMs).map(({ what, text }) => `${what}: ${text}`);

describe("whether a plate reader still reads", () => {
  it("is said only after ten minutes, and ends with its next read", () => {
    const pulse = paced(30_000, 40);
    const lastMs = 40 * 30_000;
    expect(said(pulse, lastMs + pulseTimes.leastSilentMs)).toEqual([]);
    expect(pulse.troubles(lastMs + 11 * minute)).toEqual([
      {
        ...{ kind: "reader", id: "reader-1", what: "silent", sinceMs: lastMs },
        text: "Cole & Haight is silent. Usual: a plate each 30 s.",
      },
    ]);
    pulse.hear(read(lastMs + 12 * minute));
    expect(said(pulse, lastMs + 12 * minute)).toEqual([]);
    // The silence has not become its pace.
    expect(said(pulse, lastMs + 23 * minute)).toEqual(["silent: Cole & Haight is silent. Usual: a plate each 30 s."]);
  });

  it("is held against its own pace: a quiet street is no broken reader, and of a few reads nobody knows", () => {
    const quiet = paced(5 * minute, 30);
    expect(said(quiet, 30 * 5 * minute + 45 * minute)).toEqual([]);
    expect(said(quiet, 30 * 5 * minute + 51 * minute)).toHaveLength(1);
    expect(said(paced(10_000, pulseTimes.leastReads - 1), 10 * 60 * minute)).toEqual([]);
  });

  it("is late where the last few reads all were, and not for one that was stored a while", () => {
    const pulse = paced(30_000, 20);
    pulse.hear(read(21 * 30_000, 400_000));
    expect(said(pulse, 21 * 30_000)).toEqual([]);
    for (let n = 22; n < 27; n++) pulse.hear(read(n * 30_000, 200_000 + n));
    expect(said(pulse, 27 * 30_000)).toEqual(["late: Reads of Cole & Haight come 3 min late."]);
    pulse.hear(read(27 * 30_000));
    expect(said(pulse, 27 * 30_000)).toEqual([]);
  });

  it("counts cars, not tellings, each reader for itself, and forgets with the run", () => {
    const pulse = new ReaderPulse();
    for (let n = 0; n < 20; n++) pulse.hear(read(1_000 + n));
    expect(said(pulse, 60 * minute)).toEqual([]);
    for (let n = 1; n < 20; n++) pulse.hear(read(n * 10_000, 800, "reader-2"));
    expect(pulse.troubles(60 * minute).map(({ id }) => id)).toEqual(["reader-2"]);
    pulse.clear();
    expect(said(pulse, 60 * minute)).toEqual([]);
  });

  it("is known of reads as they are posted", () => {
    const desk = new Desk();
    for (let n = 0; n < 12; n++) {
      desk.clock.advance(20_000);
      desk.read({ uuid: `u${n}`, plate: `5ABC1${10 + n}` });
    }
    expect(desk.part.readerTroubles()).toEqual([]);
    desk.clock.advance(11 * minute);
    expect(desk.part.readerTroubles()).toMatchObject([
      { id: "reader-101", what: "silent", text: "Cole & Haight reader is silent. Usual: a plate each 20 s." },
    ]);
    desk.read({ uuid: "back", plate: "5ABC199" });
    expect(desk.part.readerTroubles()).toEqual([]);
  });
});
