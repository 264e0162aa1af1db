import { describe, expect, it } from "vitest";
import { gunshot } from "./testing/alerts.js";
import { TestStation } from "./testing/test-station.js";

describe("a station", () => {
  it("answers an accepted alert with the incident it opened, once the facts are on disk", () => {
    const test = new TestStation();
    expect(test.refusedStart).toBeUndefined();
    const answer = test.post("shots", "/intake/gunshot", gunshot());
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      alertId: expect.stringMatching(/^a_/),
      incidentId: expect.stringMatching(/^i_/),
    });
    const story = test.get("/api/v1/incidents", test.login("rtcc"));
    expect(story.body).toMatchObject({ incidents: [{ number: "26-00001", title: "Possible gunfire" }] });
  });

  it("holds an alert's answer back until the record has it", () => {
    const test = new TestStation();
    test.disk.hold = true;
    expect(() => test.post("shots", "/intake/gunshot", gunshot())).toThrow("was not answered");
  });

  it("is the same after a restart on the same disk", () => {
    const test = new TestStation();
    const first = test.post("shots", "/intake/gunshot", gunshot());
    const cookie = test.login("rtcc");
    test.station.close();
    const again = new TestStation({ disk: test.disk, seed: 2 });
    expect(again.refusedStart).toBeUndefined();
    expect(again.get("/api/v1/incidents", cookie).body).toMatchObject({ incidents: [{ number: "26-00001" }] });
    const repeat = again.post("shots", "/intake/gunshot", gunshot(), { "x-outrider-nonce": "f".repeat(32) });
    expect(repeat).toMatchObject({ status: 200, body: first.body });
  });

  it("acknowledges nothing that a full disk did not take, and has it once the disk takes it again", () => {
    const test = new TestStation();
    test.disk.failAppends = 2;
    test.disk.tornBytes = 20;
    expect(test.post("shots", "/intake/gunshot", gunshot()).status).toBe(503);
    expect(test.get("/readyz").status).toBe(503);
    test.wall.advance(3_000);
    expect(test.get("/readyz").status).toBe(200);
    test.station.close();
    const again = new TestStation({ disk: test.disk, seed: 3 });
    expect(again.refusedStart).toBeUndefined();
    expect(again.post("shots", "/intake/gunshot", gunshot(), { "x-outrider-nonce": "e".repeat(32) }).status).toBe(200);
  });

  it("tells screens and parts what happened while the disk was full, once it is on disk (INV-9)", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("rtcc"));
    socket.say({ kind: "join", room: "incidents" });
    test.disk.failAppends = 2;
    expect(test.post("shots", "/intake/gunshot", gunshot()).status).toBe(503);
    test.wall.advance(3_000);
    const shown = socket.room("incidents").flatMap((message) => message["facts"] as { seq: number; type: string }[]);
    const types = shown.map((fact) => fact.type);
    expect(types.filter((type) => type === "IncidentOpened")).toHaveLength(1);
    // What follows from it has been decided too: a call that came on a full disk is not forgotten.
    expect(types).toContain("LaunchNotPossible");
    expect(shown.map((fact) => fact.seq)).toEqual([...new Set(shown.map((fact) => fact.seq))].sort((a, b) => a - b));
  });

  it("does not start on a record that was changed", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const text = new TextDecoder().decode(test.disk.files.get("record.ndjson"));
    test.disk.files.set("record.ndjson", new TextEncoder().encode(text.replace("1 Example St", "2 Example St")));
    expect(new TestStation({ disk: test.disk, seed: 4 }).refusedStart).toContain("broken at fact");
  });

  it("answers no two routes alike: every part's paths are its own", () => {
    const paths = (new TestStation().get("/api/v1/openapi.json").body as { paths: object }).paths;
    expect(Object.keys(paths).length).toBeGreaterThan(50);
  });
});
