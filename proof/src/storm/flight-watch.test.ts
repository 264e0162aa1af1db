import { describe, expect, it } from "vitest";
import { Breaches } from "./breach.js";
import { FlightWatch, type TrueFleet } from "./flight-watch.js";

const fleet = (mode: string, landed = "inAir"): TrueFleet => ({
  aircraft: [
    { config: { uid: "u", callSign: "OSPREY" }, autopilot: { status: () => ({ armed: true, landed, mode }) } },
  ],
});

function watched(seconds: number, attended: boolean, truth: TrueFleet): { breaches: Breaches; watch: FlightWatch } {
  const breaches = new Breaches(() => 0);
  const watch = new FlightWatch(breaches);
  for (let s = 0; s <= seconds; s++) watch.look(truth, attended, s * 1000);
  return { breaches, watch };
}

describe("the storm's flight watch (INV-3)", () => {
  it("sees an aircraft that is left in the air without a pilot and does not come home", () => {
    const { breaches, watch } = watched(240, false, fleet("loiter"));
    expect(breaches.list.map((one) => one.invariant)).toEqual(["INV-3"]);
    expect(watch.airborneS).toBe(241);
  });
  it("gives the agreed times: presence, call, link loss, return", () => {
    expect(watched(190, false, fleet("loiter")).breaches.list).toEqual([]);
  });
  it.each(["rtl", "land"])("is content with one that comes home or down by %s", (mode) => {
    expect(watched(600, false, fleet(mode)).breaches.list).toEqual([]);
  });
  it("is content with a pilot at his desk, and with an aircraft on the ground", () => {
    expect(watched(600, true, fleet("loiter")).breaches.list).toEqual([]);
    expect(watched(600, false, fleet("loiter", "onGround")).breaches.list).toEqual([]);
  });
});
