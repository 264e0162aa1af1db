import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { purposeProblem } from "./purpose.js";
import { Desk } from "./testing/desk.js";

const operator = person("op-1");
const desk = () => {
  const one = new Desk();
  one.openIncident();
  one.clock.advance(20_000);
  one.read({ uuid: "a", plate: "5ABC123" });
  return one;
};
const reads = (one: Desk, who = operator, query: Record<string, string> = { withinM: "800" }) =>
  one.get("/incidents/{incidentId}/reads", { incidentId: "i_1" }, query, who);

describe("a purpose (security test 20)", () => {
  const good = { caseNumber: "26-00417", offence: "shooting", text: "silver sedan left the shooting westbound" };
  it("that says something holds", () => expect(purposeProblem(good)).toBeUndefined());
  for (const [field, value] of [
    ["text", "investigation"],
    ["text", "Test test test"],
    ["text", "just checking a plate for work"],
    ["text", "looking for a vehicle"],
    ["offence", "investigation"],
    ["offence", "police work"],
    ["caseNumber", "n/a"],
    ["caseNumber", "12"],
  ] as const)
    it(`that is vague is refused: ${field} ${value}`, () => {
      expect(purposeProblem({ ...good, [field]: value })?.field).toBe(field);
    });
});

describe("plate reads (security test 20)", () => {
  it("are not shown without a purpose, and who tried is recorded", () => {
    const one = desk();
    expect(reads(one)).toMatchObject({ status: 403, body: { doThis: expect.stringContaining("case number") } });
    expect(one.ofType("ActRefused")[0]?.by).toMatchObject({ personId: "op-1" });
    expect(one.part.incidentPieces("i_1", operator).purposeNeeded).toBe(true);
  });

  it("are shown for one, and the search is written before the answer", () => {
    const one = desk();
    expect(one.givePurpose(operator).status).toBe(201);
    expect(reads(one).body).toMatchObject({
      total: 1,
      reads: [{ plate: "5ABC123", readerName: "Cole & Haight reader" }],
    });
    expect(one.ofType("SearchMade")[0]?.data).toMatchObject({ personId: "op-1", count: 1 });
    expect(one.ofType("SearchMade")[0]?.data.what).not.toContain("5ABC123");
    expect(one.part.incidentPieces("i_1", operator).purposeNeeded).toBe(false);
  });

  it("are not shown when the search cannot be written", () => {
    const one = desk();
    one.givePurpose(operator);
    one.recordWritable = false;
    expect(reads(one)).toMatchObject({ status: 503 });
  });

  it("are not shown for another's purpose, another incident's, an old one, or a closed incident", () => {
    const one = desk();
    one.openIncident("i_2");
    one.givePurpose(operator);
    expect(reads(one, person("op-2")).status).toBe(403);
    expect(one.get("/incidents/{incidentId}/reads", { incidentId: "i_2" }, {}, operator).status).toBe(403);
    one.clock.advance(3_600_001);
    expect(reads(one).status).toBe(403);
    one.givePurpose(operator);
    one.commit({
      type: "IncidentClosed",
      data: { incidentId: "i_1", real: "real", reason: "done" },
      by: { kind: "system", part: "ground-station" },
    });
    expect(reads(one).status).toBe(409);
  });

  it("refuse vague words and odd ranges", () => {
    const one = desk();
    const vague = { caseNumber: "26-00417", offence: "shooting", text: "investigation" };
    expect(one.act("givePurpose", { incidentId: "i_1" }, vague, operator).status).toBe(422);
    one.givePurpose(operator);
    expect(reads(one, operator, { withinM: "99999" }).status).toBe(422);
    expect(reads(one, operator, { minutes: "1e3" }).status).toBe(422);
  });

  it("show their picture only to who searched, or where there is a hit", () => {
    const one = desk();
    one.givePurpose(operator);
    const crop = (readId: string, who = operator) => one.get("/reads/{readId}/crop", { readId }, {}, who);
    const found = reads(one).body["reads"];
    const readId = Array.isArray(found) ? String(found[0]?.readId) : "";
    expect(crop(readId)).toMatchObject({ status: 200, raw: { headers: { "content-type": "image/jpeg" } } });
    expect(crop(readId, person("op-2")).status).toBe(403);
    one.read({ uuid: "hit" });
    const hit = one.ofType("HitFound")[0]?.data.readId ?? "";
    expect(crop(hit, person("op-2")).status).toBe(200);
  });

  it("of a hit keep their picture over a restart", () => {
    const one = desk();
    one.read({ uuid: "hit" });
    const again = new Desk({ disk: one.disk, clock: one.clock, replay: one.facts });
    const readId = one.ofType("HitFound")[0]?.data.readId ?? "";
    expect(again.get("/reads/{readId}/crop", { readId }, {}, operator).status).toBe(200);
  });
});

describe("a vehicle", () => {
  const seen = (one: Desk, over: Record<string, unknown> = {}) => {
    const point = one.world.frame.toGeo({ eastM: 0, northM: 0 });
    return { point, seenAtMs: one.clock.nowMs() - 20_000, color: "silver", body: "sedan", make: "honda", ...over };
  };

  it("is not sought without a purpose", () => {
    const one = desk();
    expect(one.act("seekVehicle", { incidentId: "i_1" }, seen(one), operator).status).toBe(403);
    expect(one.ofType("VehicleSought")).toHaveLength(0);
  });

  it("sought by description is found among reads before and after, never more than ten open", () => {
    const one = desk();
    one.givePurpose(operator);
    expect(one.act("seekVehicle", { incidentId: "i_1" }, seen(one), operator).body).toMatchObject({ hits: 1 });
    for (let n = 0; n < 20; n++) {
      one.clock.advance(2_000);
      one.read({ uuid: `d${n}`, plate: `5ABC${200 + n}` });
    }
    const hits = one.ofType("HitFound");
    expect(hits.every((hit) => hit.data.level === "description" && hit.data.secondNeeded === true)).toBe(true);
    expect(hits).toHaveLength(10);
    one.read({ uuid: "red", plate: "5ABC999", color: "red", make: "ford", body: "van" });
    expect(one.ofType("HitFound")).toHaveLength(10);
  });

  it("sought by plate is found with its incident and needs no list", () => {
    const one = desk();
    one.givePurpose(operator);
    one.act("seekVehicle", { incidentId: "i_1" }, seen(one, { plate: "5abc-123" }), operator);
    expect(one.ofType("HitFound")[0]?.data).toMatchObject({
      level: "exact",
      list: "sought for 26-00001",
      plateListed: "5ABC123",
    });
  });

  it("needs a plate or two attributes", () => {
    const one = desk();
    one.givePurpose(operator);
    const little = seen(one, { make: undefined, body: undefined });
    expect(one.act("seekVehicle", { incidentId: "i_1" }, little, operator).status).toBe(422);
  });
});

describe("rooms", () => {
  it("show plates to the crime center, not to a pilot", () => {
    const one = desk();
    one.read({ uuid: "hit" });
    const view = one.part.views.sightings;
    expect(view?.("", operator)).toMatchObject({
      kind: "view",
      view: { readsLastHour: 2, hits: [{ plateRead: "7KBM042" }] },
    });
    expect(view?.("", person("pilot", ["pic"]))).toMatchObject({ kind: "refused" });
    expect(one.part.incidentPieces("i_1", person("pilot", ["pic"])).hits).toEqual([]);
  });
});
