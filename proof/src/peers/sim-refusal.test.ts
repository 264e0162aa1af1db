import type { Fault } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { WholeBridge, type WholeBridgeOptions } from "./whole-bridge.js";

const ids = { text: [253], event: [410, 411, 413] } as const;
const without = (ways: readonly number[]): WholeBridgeOptions => ({ heard: (msgid) => !ways.includes(msgid) });
/** Neither full enough to arm, nor empty enough to fail. */
const low: WholeBridgeOptions = { used: 0.6, params: { COM_ARM_BAT_MIN: 0.5 } };
const denied = "Arming denied: Resolve system health failures first";

/** Asked to arm once it has said what it has to say of itself; how that ended, after how long, and in which words. */
function refused(options: WholeBridgeOptions, link: readonly Fault[] = [], broken?: Fault) {
  const w = new WholeBridge(options);
  w.standing();
  if (broken !== undefined) w.fail(broken);
  w.run(broken === undefined ? 5 : 25);
  w.spoil(link);
  const askedMs = w.nowMs;
  w.order("arm", { verb: "arm" }, "approval-1");
  w.run(12, () => w.fate("arm").some(({ type }) => /Refused|Unconfirmed|Done/.test(type)));
  const tookMs = w.nowMs - askedMs;
  w.run(3);
  expect(w.vehicle.status().armed).toBe(false);
  const ends = w.fate("arm").filter(({ type }) => type !== "OrderSent");
  expect(ends, "one end and no more").toHaveLength(1);
  return { end: ends[0]?.type, reason: String(ends[0]?.data["reason"]), tookMs };
}

const times = (reason: string, words: string): number => reason.toLowerCase().split(words.toLowerCase()).length - 1;

describe("the reason why the simulated autopilot does not arm, through the whole bridge", () => {
  it.each([
    ["texts and events are heard", {}],
    ["the events are lost", without(ids.event)],
    ["the texts are lost", without(ids.text)],
  ])("is its own, once each, where %s", (_name, way) => {
    const { end, reason, tookMs } = refused({ ...low, ...way });
    expect(end).toBe("OrderRefused");
    expect(times(reason, denied), reason).toBe(1);
    expect(times(reason, "low battery"), reason).toBe(1);
    expect(tookMs).toBeLessThanOrEqual(1_000);
  });

  it("names what has failed since, and the bare answer where nothing else is heard of it", () => {
    const lost = refused({}, [], { kind: "gps-stop" });
    expect(times(lost.reason, denied), lost.reason).toBe(1);
    expect(times(lost.reason, "No valid global position estimate"), lost.reason).toBe(1);
    const bare = refused({ ...low, ...without([...ids.text, ...ids.event]) });
    expect(bare).toMatchObject({ end: "OrderRefused", reason: "the autopilot answered: temporarily rejected" });
  });

  it("is never doubled nor made up over a bad link; what nobody answered is said to be unconfirmed", () => {
    const faults: readonly Fault[] = [
      { kind: "packet-loss", probability: 0.2 },
      { kind: "duplicate", probability: 0.2 },
      { kind: "reorder", probability: 0.2, delayMs: 150 },
      { kind: "byte-noise", probability: 0.05 },
    ];
    let named = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const { end, reason, tookMs } = refused({ ...low, seed }, faults);
      if (end === "OrderUnconfirmed") continue;
      expect(end).toBe("OrderRefused");
      expect(tookMs, `seed ${seed}`).toBeLessThanOrEqual(2_500);
      expect(times(reason, denied), reason).toBeLessThanOrEqual(1);
      expect(times(reason, "low battery"), reason).toBe(1);
      named++;
    }
    expect(named).toBeGreaterThanOrEqual(2);
  });
});
