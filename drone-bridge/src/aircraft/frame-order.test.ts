import { codecNamed, type MessageName, message, messageId } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { fakeChance } from "../testing/index.js";
import { FrameOrder, type Order } from "./frame-order.js";

/** Speaks to one FrameOrder: `hear` a message of a kind by a way, with its counter and its time since boot. */
function one() {
  const order = new FrameOrder();
  const hear = (way: string, seq: number, name: MessageName, bootMs: number, tMs: number): Order => {
    const said = name === "ATTITUDE" ? message(name, { timeBootMs: bootMs }) : codecNamed(name)?.blank();
    if (said === undefined) throw new Error(`no codec for ${name}`);
    return order.hear(way, seq & 0xff, said, messageId(name), tMs);
  };
  return { hear };
}

type Sent = { readonly seq: number; readonly name: MessageName; readonly bootMs: number };

/** What an autopilot says on one link: ATTITUDE at 20 Hz, EXTENDED_SYS_STATE at 5 Hz, HEARTBEAT at 1 Hz. */
function stream(fromMs: number, forMs: number, firstSeq: number): Sent[] {
  const sent: Sent[] = [];
  for (let bootMs = fromMs; bootMs < fromMs + forMs; bootMs += 50) {
    const say = (name: MessageName): number => sent.push({ seq: firstSeq + sent.length, name, bootMs });
    say("ATTITUDE");
    if (bootMs % 200 === 0) say("EXTENDED_SYS_STATE");
    if (bootMs % 1_000 === 0) say("HEARTBEAT");
  }
  return sent;
}

type Arrival = Sent & { readonly way: string; readonly atMs: number };
const byArrival = (arrivals: Arrival[]): Arrival[] => arrivals.toSorted((a, b) => a.atMs - b.atMs);

/** What was taken, as times since boot, of each kind. */
function taken(arrivals: readonly Arrival[]): Record<string, number[]> {
  const { hear } = one();
  const out: Record<string, number[]> = {};
  for (const { way, seq, name, bootMs, atMs } of arrivals) {
    const found = hear(way, seq, name, bootMs, atMs);
    expect(found, `${name} of ${bootMs} at ${atMs}`).not.toBe("rebooted");
    if (found === "new") out[name] = [...(out[name] ?? []), bootMs];
  }
  return out;
}

const goesBack = (times: readonly number[]): boolean => times.some((time, n) => time < (times[n - 1] ?? 0));

describe("the order of what an aircraft says", () => {
  it.each([700, 1_500, 2_000, 4_000])(
    "never goes back where a second way is %d ms behind, with a counter of its own, and is the second's when the first ends",
    (lagMs) => {
      const lte = stream(60_000, 10_000, 7).map((each) => ({ ...each, way: "lte", atMs: each.bootMs + 20 }));
      const sat = stream(60_000, 30_000, 90).map((each) => ({ ...each, way: "sat", atMs: each.bootMs + 20 + lagMs }));
      const got = taken(byArrival([...lte, ...sat]));
      for (const name of ["ATTITUDE", "EXTENDED_SYS_STATE", "HEARTBEAT"]) {
        expect(goesBack(got[name] ?? []), name).toBe(false);
        expect(got[name]?.at(-1)).toBeGreaterThanOrEqual(89_000);
        // Nothing is lost by it: each was taken by the one or the other.
        expect(new Set(got[name]).size, name).toBe(new Set(sat.filter((each) => each.name === name)).size);
      }
    },
  );

  it("never goes back on one way that overtakes itself, and takes what other kinds overtake", () => {
    const { unit } = fakeChance(3);
    const arrivals = stream(60_000, 60_000, 0).map((each) => ({
      ...each,
      way: "lte",
      atMs: each.bootMs + 2_000 * (1 + unit()),
    }));
    const got = taken(byArrival(arrivals));
    expect(goesBack(got["ATTITUDE"] ?? [])).toBe(false);
    expect(goesBack(got["EXTENDED_SYS_STATE"] ?? [])).toBe(false);
    expect(goesBack(got["HEARTBEAT"] ?? [])).toBe(false);
    expect(got["HEARTBEAT"]?.length).toBeGreaterThan(30);
  });

  it("goes on at once after a gap of more than half a turn of the counter", () => {
    const { hear } = one();
    hear("lte", 10, "HEARTBEAT", 0, 0);
    hear("lte", 11, "ATTITUDE", 60_000, 10);
    expect(hear("lte", 11 + 200, "ATTITUDE", 61_500, 1_510)).toBe("new");
    expect(hear("lte", 11 + 201, "HEARTBEAT", 0, 1_520)).toBe("new");
    expect(hear("lte", 200, "HEARTBEAT", 0, 1_530)).toBe("late");
  });

  it("begins anew after silence, and where a sender without times counts from elsewhere", () => {
    const { hear } = one();
    expect(hear("lte", 100, "HEARTBEAT", 0, 0)).toBe("new");
    expect(hear("lte", 20, "HEARTBEAT", 0, 1_000)).toBe("late");
    expect(hear("lte", 21, "HEARTBEAT", 0, 4_100)).toBe("new");
    const heard = Array.from({ length: 10 }, (_, n) => hear("lte", n, "HEARTBEAT", 0, 4_200 + n * 100));
    expect(heard.at(0)).toBe("late");
    expect(heard.at(-1)).toBe("new");
  });

  it("lets a way that says no time change nothing beside one that does", () => {
    const { hear } = one();
    hear("lte", 1, "ATTITUDE", 60_000, 0);
    hear("lte", 2, "HEARTBEAT", 0, 10);
    expect(hear("radio", 1, "HEARTBEAT", 0, 500)).toBe("late");
    expect(hear("radio", 2, "HEARTBEAT", 0, 4_000)).toBe("new");
  });

  it("holds back no answer", () => {
    const { hear } = one();
    hear("lte", 100, "ATTITUDE", 60_000, 0);
    hear("radio", 1, "ATTITUDE", 50_000, 10);
    for (const name of ["COMMAND_ACK", "MISSION_ACK", "PARAM_VALUE", "FILE_TRANSFER_PROTOCOL", "STATUSTEXT"] as const)
      for (const [way, seq] of [
        ["lte", 40],
        ["radio", 0],
      ] as const)
        expect(hear(way, seq, name, 0, 20)).toBe("new");
  });
});

describe("a reboot", () => {
  it("is one for both ways: what still tells of the boot before is late until its own time falls", () => {
    const { hear } = one();
    hear("lte", 1, "ATTITUDE", 60_000, 60_000);
    hear("sat", 1, "ATTITUDE", 58_500, 60_010);
    expect(hear("lte", 0, "ATTITUDE", 100, 60_100)).toBe("rebooted");
    expect(hear("sat", 2, "ATTITUDE", 58_600, 60_110)).toBe("late");
    expect(hear("sat", 3, "HEARTBEAT", 0, 60_120)).toBe("late");
    expect(hear("lte", 1, "HEARTBEAT", 0, 60_130)).toBe("new");
    expect(hear("sat", 4, "ATTITUDE", 120, 61_600)).not.toBe("rebooted");
    expect(hear("lte", 2, "ATTITUDE", 1_700, 61_700)).toBe("new");
    expect(hear("sat", 5, "ATTITUDE", 1_750, 62_000)).toBe("new");
  });

  it("is seen twice where it happens twice, whatever lies between", () => {
    const { hear } = one();
    hear("lte", 1, "ATTITUDE", 60_000, 0);
    expect(hear("lte", 2, "ATTITUDE", 500, 1_000)).toBe("rebooted");
    hear("lte", 3, "ATTITUDE", 7_000, 7_500);
    expect(hear("lte", 4, "ATTITUDE", 500, 8_000)).toBe("rebooted");
  });

  it("is seen of an aircraft that has been up for seconds only, for it takes as long to start", () => {
    const { hear } = one();
    hear("lte", 1, "ATTITUDE", 4_000, 0);
    const heard = [0, 1, 2].map((n) => hear("lte", n, "ATTITUDE", 1_200 + n * 50, 2_500 + n * 50));
    expect(heard).toEqual(["late", "late", "rebooted"]);
  });

  it("is none where the time comes round after 49.7 days, and is one after 30", () => {
    const { hear } = one();
    hear("lte", 1, "ATTITUDE", 2 ** 32 - 40, 0);
    expect(hear("lte", 2, "ATTITUDE", 10, 50)).toBe("new");
    expect(hear("lte", 3, "HEARTBEAT", 0, 60)).toBe("new");
    expect(hear("lte", 4, "ATTITUDE", 60, 100)).toBe("new");
    const long = one();
    long.hear("lte", 1, "ATTITUDE", 30 * 86_400_000, 0);
    expect(long.hear("lte", 2, "ATTITUDE", 3_000, 5_000)).toBe("rebooted");
  });
});
