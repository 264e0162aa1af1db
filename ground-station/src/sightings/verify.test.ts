import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { Desk, listText, type RekorOver } from "./testing/desk.js";

const [one, two] = [person("op-1"), person("op-2")];

function hitAt(over: RekorOver = {}, desk = new Desk()) {
  desk.openIncident();
  desk.clock.advance(40_000);
  desk.read(over);
  const hitId = desk.ofType("HitFound")[0]?.data.hitId ?? "";
  const say = (verdict: string, who = one) => desk.act("verifyHit", { hitId }, { verdict }, who);
  const state = () => desk.part.incidentPieces("i_1", one).hits?.[0]?.state;
  return { desk, hitId, say, state };
}

describe("verifying a hit (security test 18)", () => {
  it("of a stolen car needs a second person, and only then links it", () => {
    const { desk, say, state } = hitAt();
    expect(state()).toBe("unread");
    expect(say("same").body).toMatchObject({ secondNeeded: true });
    expect(state()).toBe("second-needed");
    expect(desk.ofType("SightingLinked")).toHaveLength(0);
    expect(say("same").status).toBe(409);
    expect(desk.ofType("VehicleConfirmed")).toHaveLength(1);
    expect(say("same", two).body).toMatchObject({ secondNeeded: false });
    expect(state()).toBe("same");
    expect(desk.ofType("VehicleConfirmed")[1]?.data.second).toBe(true);
    expect(desk.ofType("SightingLinked")[0]?.data).toMatchObject({ incidentId: "i_1" });
    expect(desk.ofType("TravelDirectionEstimated")[0]?.data.text).toBe("west on Haight St");
  });

  it("of a low-priority entry that fits in everything needs one", () => {
    const { desk, say, state } = hitAt({ plate: "7LNS336", make: "nissan", color: "gray" });
    expect(say("same").body).toMatchObject({ secondNeeded: false });
    expect(state()).toBe("same");
    expect(desk.ofType("SightingLinked")).toHaveLength(1);
  });

  it("with a look-alike, or without a picture, always needs two", () => {
    expect(hitAt({ plate: "7LN5336", make: "nissan", color: "gray" }).say("same").body).toMatchObject({
      secondNeeded: true,
    });
    const bare = hitAt({ plate: "7LNS336", make: "nissan", color: "gray", crop: undefined });
    expect(bare.say("same").body).toMatchObject({ secondNeeded: true });
  });

  it("without a picture is not possible at a live site", () => {
    const { say } = hitAt({ crop: undefined }, new Desk({ provenance: "live" }));
    expect(say("same").status).toBe(409);
  });

  it("of another state, or an old list, cannot be a yes", () => {
    expect(hitAt({ state: "us-nv" }).say("same").status).toBe(409);
    const old = new Desk();
    old.clock.advance(25 * 3_600_000);
    const { say, desk } = hitAt({}, old);
    expect(desk.ofType("HitFound")[0]?.data.checks.find((check) => check.name === "List age")?.state).toBe("block");
    expect(say("same").status).toBe(409);
    expect(say("not-same").status).toBe(200);
  });

  it("can be taken back, and the sighting goes with it", () => {
    const { desk, say, state } = hitAt({ plate: "7LNS336", make: "nissan", color: "gray" });
    say("same");
    desk.clock.advance(3_000);
    const before = desk.part.incidentPieces("i_1", one).couldBe;
    say("not-same", two);
    expect(state()).toBe("not-same");
    expect(desk.ofType("VehicleRuledOut")).toHaveLength(1);
    expect(before?.lastSeen.label).toContain("Haight");
    expect(say("same").status).toBe(409);
  });

  it("as not the same clears that pair for a day", () => {
    const { desk, say } = hitAt();
    say("not-same");
    desk.clock.advance(120_000);
    desk.read({ uuid: "again" });
    expect(desk.ofType("HitFound")).toHaveLength(1);
    desk.clock.advance(25 * 3_600_000);
    const later = new Desk({ list: listText, clock: desk.clock, replay: desk.facts });
    later.read({ uuid: "later" });
    expect(later.ofType("HitFound")).toHaveLength(1);
  });

  it("is not for pilots and leaves unknown hits alone", () => {
    const { say, desk } = hitAt();
    expect(say("same", person("p", ["pic"])).status).toBe(403);
    expect(desk.act("verifyHit", { hitId: "h_none" }, { verdict: "same" }, one).status).toBe(404);
  });

  it("is the same after a restart, the second person included", () => {
    const { desk, say, hitId } = hitAt();
    say("same");
    const again = new Desk({ disk: desk.disk, clock: desk.clock, replay: desk.facts });
    expect(again.act("verifyHit", { hitId }, { verdict: "same" }, one).status).toBe(409);
    expect(again.act("verifyHit", { hitId }, { verdict: "same" }, two).status).toBe(200);
  });
});

describe("where it could be by now", () => {
  const confirmed = () => {
    const made = hitAt({ plate: "7LNS336", make: "nissan", color: "gray" });
    made.say("same");
    return made.desk;
  };
  const view = (desk: Desk) => desk.part.incidentPieces("i_1", one).couldBe;

  it("grows along the roads from the last sighting, in run time", () => {
    const desk = confirmed();
    desk.clock.advance(3_000);
    const early = view(desk)?.totalKm ?? 0;
    desk.clock.advance(12_000);
    const late = view(desk)?.totalKm ?? 0;
    expect(early).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(early);
    // 15 s at 1.3 of 40 km/h is 217 m: the way it went, and not back, until a corner is reached.
    expect(late).toBeLessThan(0.5);
    expect(view(desk)?.roads.every((road) => road.toS <= 15.1)).toBe(true);
    expect(desk.touched).toContain("incident:i_1");
  });

  it("names the reader ahead with its share, before the one behind", () => {
    const desk = confirmed();
    desk.clock.advance(3_000);
    const next = view(desk)?.next ?? [];
    expect(next[0]).toMatchObject({ id: "reader-102", kind: "reader" });
    expect(next[0]?.share).toBeGreaterThan(0.3);
    const behind = next.find((one) => one.id === "reader-101");
    expect(behind?.share ?? 0).toBeLessThan(next[0]?.share ?? 0);
    expect(behind?.inS ?? 99).toBeGreaterThan(next[0]?.inS ?? 99);
  });

  it("says when it is too wide to help, and ends with the incident", () => {
    const desk = confirmed();
    desk.clock.advance(700_000);
    expect(view(desk)).toMatchObject({ tooWide: true, roads: [] });
    desk.commit({
      type: "IncidentClosed",
      data: { incidentId: "i_1", real: "real", reason: "done" },
      by: { kind: "system", part: "ground-station" },
    });
    expect(view(desk)).toBeUndefined();
  });

  it("is the same each time it is computed", () => {
    const run = () => {
      const desk = confirmed();
      desk.clock.advance(6_000);
      return view(desk);
    };
    expect(run()).toEqual(run());
  });
});
