import type { Fact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { Counter } from "./testing/counter.js";

/** Facts of a flight as dispatch reads them: the rest of each is the launch room's. */
const tell = (counter: Counter, type: Fact["type"], data: object): void =>
  counter.kernel.commit([{ type, data, by: { kind: "system", part: "ground-station" } } as never]);

const flying = () => {
  const counter = new Counter();
  counter.openIncident("i_1");
  counter.openIncident("i_2");
  const cookie = counter.openPhone();
  const linkId = counter.ofType("OfficerLinkMade")[0]?.data.linkId ?? "";
  const choice = { uid: "uid-1", callSign: "OSPREY" };
  tell(counter, "LaunchProposed", { launchId: "l_1", incidentId: "i_1", choice });
  return { counter, cookie, linkId, camera: () => counter.part.officers.cameraOf(linkId) };
};

describe("the camera that a phone may watch", () => {
  it("is that of the aircraft that serves its incident, from lift-off until it has landed", () => {
    const { counter, cookie, camera } = flying();
    expect(camera()).toBeUndefined();
    expect(counter.phone(cookie).body["view"]).not.toHaveProperty("picture");
    tell(counter, "Airborne", { launchId: "l_1" });
    expect(camera()).toBe("uid-1");
    expect(counter.phone(cookie).body["view"]).toMatchObject({
      aircraft: { camera: "uid-1" },
      picture: { state: "live", ageMs: 80, mark: { rtpTime: 5 } },
    });
    tell(counter, "Landed", { launchId: "l_1" });
    expect(camera()).toBeUndefined();
  });

  it("is never one that flies for another incident", () => {
    const { counter, camera } = flying();
    tell(counter, "LaunchProposed", {
      launchId: "l_2",
      incidentId: "i_2",
      choice: { uid: "uid-2", callSign: "HERON" },
    });
    tell(counter, "Airborne", { launchId: "l_2" });
    expect(camera()).toBeUndefined();
  });

  it("is none ten minutes after the incident was closed, or when the link was revoked", () => {
    const { counter, camera } = flying();
    tell(counter, "Airborne", { launchId: "l_1" });
    counter.closeIncident();
    counter.clock.advance(10 * 60_000 - 1);
    expect(camera()).toBe("uid-1");
    counter.clock.advance(1);
    expect(camera()).toBeUndefined();
    const other = flying();
    tell(other.counter, "Airborne", { launchId: "l_1" });
    tell(other.counter, "OfficerLinkEnded", { linkId: other.linkId, incidentId: "i_1", why: "lost phone" });
    expect(other.camera()).toBeUndefined();
  });
});
