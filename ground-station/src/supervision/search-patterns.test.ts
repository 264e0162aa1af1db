import { type NewFact, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { TestStation } from "../app/testing/test-station.js";

const dayMs = 86_400_000;
const place = { point: { latDeg: 1, lonDeg: 2 }, error: { semiMajorM: 1, semiMinorM: 1, bearingDeg: 0 }, label: "" };
const person = (personId: string) => ({ kind: "person", personId, name: `Name of ${personId}`, role: "rtcc" }) as const;

function sought(personId: string, plate: string, incidentId: string, caseNumber: string): NewFact[] {
  const by = person(personId);
  const purpose = {
    purposeId: `p-${incidentId}`,
    personId,
    incidentId,
    caseNumber,
    offence: "x",
    text: "y",
    untilMs: 0,
  };
  return [
    newFact("PurposeGiven", purpose, by),
    newFact("VehicleSought", { incidentId, vehicleId: "v", description: { plate }, lastSeen: place, seenAtMs: 0 }, by),
  ];
}

type Patterns = { name: string; days: number; cases: number; seqs: number[] }[];

function shown(test: TestStation, cookie: string): Patterns {
  const socket = test.socket(cookie);
  socket.say({ kind: "join", room: "supervisor" });
  const view = socket.room("supervisor")[0]?.["view"] as { patterns: Patterns };
  return view.patterns;
}

describe("one plate, again and again (security test 19)", () => {
  it("is noticed on the third day, under one case or many, and told to a supervisor", () => {
    const test = new TestStation();
    const search = (incidentId: string) => test.station.kernel.commit(sought("op-1", "7KBM042", incidentId, "26-1"));
    search("i_1");
    search("i_1");
    test.wall.jump(dayMs);
    search("i_2");
    expect(shown(test, test.login("supervisor"))).toEqual([]);
    test.wall.jump(dayMs);
    search("i_3");
    const cookie = test.login("supervisor");
    expect(shown(test, cookie)).toMatchObject([{ name: "Name of op-1", days: 3, cases: 1 }]);
    search("i_3");
    expect(shown(test, cookie)).toHaveLength(1);
    test.wall.jump(dayMs);
    search("i_4");
    expect(shown(test, test.login("supervisor"))).toHaveLength(2);
  });

  it("is noticed under a second case number on one day, also with letters that look alike", () => {
    const test = new TestStation();
    test.station.kernel.commit([
      ...sought("op-1", "7KBM042", "i_1", "26-1"),
      ...sought("op-1", "7KBMO42", "i_2", "26-2"),
      ...sought("op-2", "7KBM042", "i_2", "26-2"),
      ...sought("op-1", "1ABC234", "i_2", "26-2"),
    ]);
    expect(shown(test, test.login("supervisor"))).toMatchObject([
      { cases: 2, days: 1, seqs: [expect.any(Number), expect.any(Number)] },
    ]);
  });

  it("is never shown to whom it is about, nor to those who search, and the fact holds no plate", () => {
    const test = new TestStation();
    const cookie = test.login("supervisor");
    const me = (test.get("/api/v1/session", cookie).body as { session: { personId: string } }).session.personId;
    const operator = test.socket(test.login("rtcc"));
    for (const room of ["sightings", "incidents"]) operator.say({ kind: "join", room });
    test.station.kernel.commit([...sought(me, "7KBM042", "i_1", "26-1"), ...sought(me, "7KBM042", "i_2", "26-2")]);
    test.wall.advance(100);
    expect(shown(test, cookie)).toEqual([]);
    expect(shown(test, test.login("supervisor"))).toHaveLength(1);
    expect(JSON.stringify(operator.heard)).not.toContain("SearchPatternSeen");
    const facts = test.get("/api/v1/records?type=SearchPatternSeen", cookie).text;
    expect(facts).toContain("SearchPatternSeen");
    expect(facts).not.toContain("7KBM042");
  });
});
