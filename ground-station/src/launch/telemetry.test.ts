import { describe, expect, it } from "vitest";
import { flatWorld, GROUND_M } from "../app/testing/flat-world.js";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "./launch-room.js";
import { seenOf } from "./telemetry.js";
import { Bench } from "./testing/bench.js";
import { uids } from "./testing/config-for-tests.js";

/** What OSPREY sees of the scene from 200 m east of it at this height, its camera turned there. */
function sees(buildings: Parameters<typeof flatWorld>[0], heightM: number): boolean {
  const made = new Bench({ world: flatWorld(buildings) }, [fleetRoom, launchRoom]);
  made.bridge.connect();
  made.signOn();
  made.alert("i1");
  const launch = made.kernel.state(launchRoom).launches.get(made.card().launchId);
  const sample = made.fleet.samples.latest(uids[0]);
  if (launch === undefined || sample === undefined) throw new Error("nothing to look at");
  const scene = made.site.local(launch.offer.plan.scene.point);
  const point = made.site.frame.toGeo({ eastM: scene.eastM + 200, northM: scene.northM });
  const gimbalPitchDeg = (-Math.atan2(heightM, 200) * 180) / Math.PI;
  const view = { ...sample, ...point, altAmslM: GROUND_M + heightM, gimbalYawDeg: 270, gimbalPitchDeg, gimbalOk: true };
  return seenOf(made.site, launch, view).cameraSees;
}

const house = (eastM: number, halfM: number, heightM: number) => {
  const [west, east, south, north] = [eastM - halfM, eastM + halfM, 300 - halfM, 300 + halfM];
  const ring = [
    { eastM: west, northM: south },
    { eastM: east, northM: south },
    { eastM: east, northM: north },
    { eastM: west, northM: north },
  ];
  return { ring, groundAmslM: GROUND_M, heightM };
};

describe("a camera on its target", () => {
  it("looks over open ground", () => {
    expect(sees([], 60)).toBe(true);
  });
  it("does not look through a house", () => {
    expect(sees([house(-850, 15, 30)], 60)).toBe(false);
    expect(sees([house(-850, 15, 10)], 60)).toBe(true);
  });
  it("sees the roof where the call comes from a house", () => {
    expect(sees([house(-900, 15, 10)], 60)).toBe(true);
  });
});
