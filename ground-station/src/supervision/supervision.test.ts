import { type Fact, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { TestStation } from "../app/testing/test-station.js";
import { fromHex, verifyInclusion } from "../record/index.js";
import { csvCell } from "./csv.js";
import { supervisionRoom } from "./supervision-room.js";

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

describe("the supervisor's page", () => {
  it("shows every decision with its reason, also those where nothing was launched", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const cookie = test.login("supervisor");
    const socket = test.socket(cookie);
    socket.say({ kind: "join", room: "supervisor" });
    expect(socket.room("supervisor")[0]).toMatchObject({
      view: {
        decisions: [{ decision: "notPossible", number: "26-00001", why: expect.stringMatching(/\w/) }],
        responseTimes: [{ number: "26-00001", outcome: "notPossible" }],
        record: { seq: expect.any(Number), headHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    });
    expect(test.get("/api/v1/reports/response-times", cookie).body).toMatchObject({ count: 1 });
  });

  it("exports facts that a stranger can check against the root, and the export is a fact", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const cookie = test.login("supervisor");
    const answer = test.get("/api/v1/records/export?from=1&to=3", cookie);
    const slice = answer.body as {
      treeSize: number;
      rootHash: string;
      facts: { fact: { seq: number }; hash: string; proof: string[] }[];
    };
    expect(slice.facts).toHaveLength(3);
    for (const { fact, hash, proof } of slice.facts)
      expect(verifyInclusion(bytes(hash), fact.seq - 1, slice.treeSize, proof.map(bytes), bytes(slice.rootHash))).toBe(
        true,
      );
    const again = test.get("/api/v1/records?from=1", cookie).text;
    expect(again).toContain("RecordExported");
    expect(test.get("/api/v1/records/verify", cookie).body).toMatchObject({ kind: "ok" });
    const csv = test.get("/api/v1/records/export?from=1&to=3&format=csv", cookie);
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.headers["content-disposition"]).toContain('filename="simulation-record-1-3.csv"');
    expect(csv.text).toContain(",StationStarted,sim,");
    expect(csv.text.split("\r\n")).toHaveLength(5);
  });

  it("makes no export that cannot be recorded", () => {
    const test = new TestStation();
    const cookie = test.login("supervisor");
    test.disk.failAppends = 1;
    expect(test.get("/api/v1/records/export", cookie).status).toBe(503);
  });

  it("takes a supervisor's word on a decision, with his name, and shows it", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const cookie = test.login("supervisor");
    const [decision] = (test.get("/api/v1/decisions", cookie).body as { decisions: { seq: number }[] }).decisions;
    const path = `/decisions/${decision?.seq}/review`;
    expect(test.act({ path, body: { verdict: "follow-up", text: "" }, cookie }).status).toBe(422);
    expect(test.act({ path, body: { verdict: "follow-up", text: "Why was no aircraft ready?" }, cookie }).status).toBe(
      201,
    );
    expect(test.act({ path, body: { verdict: "good", text: "" }, cookie }).status).toBe(201);
    expect(test.act({ path, body: { verdict: "good", text: "" }, cookie: test.login("pic") }).status).toBe(403);
    expect(test.act({ path: "/decisions/9999/review", body: { verdict: "good", text: "" }, cookie }).status).toBe(404);
    const again = test.get("/api/v1/decisions", cookie).body as { decisions: { review: object }[] };
    expect(again.decisions[0]?.review).toMatchObject({ verdict: "good", by: expect.stringMatching(/upervisor/) });
    const facts = test.get("/api/v1/records?from=1", cookie).text;
    expect(facts.match(/"DecisionReviewed"/g)).toHaveLength(2);
  });

  it("samples searches, never one's own", () => {
    const test = new TestStation();
    const cookie = test.login("supervisor");
    const me = (test.get("/api/v1/session", cookie).body as { session: { personId: string } }).session.personId;
    const search = (personId: string): number => {
      const by = { kind: "person", personId, name: personId, role: "rtcc" } as const;
      const data = { purposeId: "p", personId, what: "reads", count: 3 };
      test.station.kernel.commit([newFact("SearchMade", data, by)]);
      return test.station.kernel.seq;
    };
    const theirs = search("op-1");
    const mine = search(me);
    const say = (seq: number, verdict: string, text = "") =>
      test.act({ path: `/searches/${seq}/review`, body: { verdict, text }, cookie }).status;
    expect(say(mine, "legit")).toBe(409);
    expect(say(theirs, "ask-more")).toBe(422);
    expect(say(theirs, "ask-more", "Which call was this for?")).toBe(201);
    const socket = test.socket(cookie);
    socket.say({ kind: "join", room: "supervisor" });
    expect(socket.room("supervisor")[0]).toMatchObject({
      view: { searches: [{ seq: mine }, { seq: theirs, review: { verdict: "ask-more" } }] },
    });
  });

  it("refuses ranges that are none", () => {
    const test = new TestStation();
    const cookie = test.login("supervisor");
    for (const query of ["from=0", "from=a", "from=5&to=4", "from=1.5"])
      expect(test.get(`/api/v1/records?${query}`, cookie).status).toBe(422);
  });
});

describe("a decision", () => {
  it("names the aircraft that it was about, also where its fact does not", () => {
    const by = { kind: "system", part: "ground-station" } as const;
    const room = supervisionRoom;
    const ids = { launchId: "l_1", incidentId: "i_1" };
    const choice = { uid: "a1", callSign: "OSPREY" };
    const facts = [
      { type: "LaunchProposed", data: { ...ids, ruleText: "", choice } },
      { type: "LaunchExpired", data: { ...ids, version: 1 } },
      { type: "LaunchNotPossible", data: { incidentId: "i_1", reasons: [{ text: "No pilot is on watch." }] } },
      // The room reads no more of them than this.
    ].map((one, at) => ({ ...one, seq: at + 1, id: "f", tMs: at, prov: "sim", by }) as unknown as Fact);
    const { decisions } = facts.reduce((state, fact) => room.evolve(state, fact), room.initial());
    expect(decisions.map((one) => one.callSign)).toEqual(["OSPREY", "OSPREY", undefined]);
  });
});

describe("a CSV cell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ['say "no", then go', '"say ""no"", then go"'],
    [-5, "-5"],
  ])("keeps %s from being run as a formula", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});
