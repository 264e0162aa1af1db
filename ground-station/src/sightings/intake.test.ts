import { describe, expect, it } from "vitest";
import { Desk, listText, rekor, startMs } from "./testing/desk.js";

const incident = () => {
  const desk = new Desk();
  desk.openIncident();
  desk.clock.advance(40_000);
  return desk;
};

describe("a read of a plate", () => {
  it("on a list becomes a hit with its checks, near the open incident", () => {
    const desk = incident();
    expect(desk.read()).toMatchObject({ status: 202, body: { reads: [{ state: "stored" }] } });
    const [hit] = desk.ofType("HitFound");
    expect(hit?.data).toMatchObject({
      incidentId: "i_1",
      plateRead: "7KBM042",
      level: "exact",
      list: "stolen list",
      secondNeeded: true,
    });
    expect(hit?.data.checks.map((check) => `${check.name} ${check.state}`)).toEqual([
      "Letters pass",
      "State pass",
      "Vehicle pass",
      "List age pass",
      "Travel pass",
    ]);
    expect(hit?.data.checks.find((check) => check.name === "Travel")?.text).toBe(
      "40 s from Haight St & Masonic Ave, roads allow it",
    );
    expect(hit?.data.place.label).toContain("Haight St");
  });

  it("with a look-alike is possible and says which letter", () => {
    const desk = incident();
    desk.read({ plate: "7K8M042" });
    const [hit] = desk.ofType("HitFound");
    expect(hit?.data).toMatchObject({
      level: "possible",
      doubtfulIndexes: [2],
      plateRead: "7K8M042",
      plateListed: "7KBM042",
    });
    expect(hit?.data.checks[0]).toEqual({ name: "Letters", state: "caution", text: "8 may be B" });
  });

  it("with a letter missing is a hit only when the car fits", () => {
    const desk = incident();
    desk.read({ plate: "7KBM04", uuid: "a", color: "red", make: "ford" });
    expect(desk.ofType("HitFound")).toHaveLength(0);
    desk.read({ plate: "7KBM04", uuid: "b" });
    expect(desk.ofType("HitFound")[0]?.data.level).toBe("weak");
  });

  it("of another state is blocked", () => {
    const desk = incident();
    desk.read({ state: "us-nv" });
    expect(desk.ofType("HitFound")[0]?.data.checks[1]).toMatchObject({
      state: "block",
      text: expect.stringContaining("Nevada read, California listed"),
    });
  });

  it("of nobody sought raises nothing", () => {
    const desk = incident();
    expect(desk.read({ plate: "5ABC123" }).status).toBe(202);
    expect(desk.ofType("HitFound")).toHaveLength(0);
  });

  it("older than ten minutes is stored and alerts nobody", () => {
    const desk = incident();
    expect(desk.read({ atMs: desk.clock.nowMs() - 601_000 }).body).toMatchObject({ reads: [{ state: "storedLate" }] });
    expect(desk.ofType("HitFound")).toHaveLength(0);
  });

  it("told twice, or as preview and final, is one read and one hit", () => {
    const desk = incident();
    desk.read({ uuid: "u", preview: true, plate: "7K8M042" });
    expect(desk.read({ uuid: "u", plate: "7KBM042" }).body).toMatchObject({ reads: [{ state: "superseded" }] });
    expect(desk.read({ uuid: "u", plate: "7KBM042" }).body).toMatchObject({ reads: [{ state: "known" }] });
    expect(desk.read({ uuid: "u", preview: true }).body).toMatchObject({ reads: [{ state: "known" }] });
    expect(desk.ofType("HitFound")).toHaveLength(1);
  });

  it("by two readers at one place is one hit", () => {
    const desk = incident();
    desk.read({ uuid: "a" });
    desk.clock.advance(3_000);
    desk.read({ uuid: "b" });
    expect(desk.ofType("HitFound")).toHaveLength(1);
  });

  it("takes its place from our survey, whatever the message says", () => {
    const desk = incident();
    desk.read({ more: { gps_latitude: -1, gps_longitude: -1 } });
    const camera = desk.world.frame.toLocal(desk.ofType("HitFound")[0]?.data.place.point ?? { latDeg: 0, lonDeg: 0 });
    expect([Math.round(camera.eastM), Math.round(camera.northM)]).toEqual([-420, 4]);
  });

  it("is known again after a restart", () => {
    const desk = incident();
    desk.read({ uuid: "u", plate: "5ABC123" });
    const again = new Desk({ disk: desk.disk, clock: desk.clock, replay: desk.facts });
    expect(again.read({ uuid: "u", plate: "5ABC123" }).body).toMatchObject({ reads: [{ state: "known" }] });
    expect(again.read({ uuid: "v", plate: "5ABC124" }).body).toMatchObject({ reads: [{ state: "stored" }] });
  });

  it("that cannot be written is answered with 503, and still looked at", () => {
    const desk = incident();
    desk.disk.failAppends = Number.POSITIVE_INFINITY;
    expect(desk.read().status).toBe(503);
    expect(desk.ofType("HitFound")).toHaveLength(1);
  });

  it("is taken from Plate Recognizer too", () => {
    const desk = incident();
    const timestamp = new Date(desk.clock.nowMs()).toISOString();
    const result = {
      plate: "7kbm042",
      score: 0.91,
      region: { code: "us-ca" },
      candidates: [],
      color: [{ color: "silver", score: 0.9 }],
    };
    const body = { hook: { event: "recognition" }, data: { camera_id: "reader-101", timestamp, results: [result] } };
    expect(desk.post("/intake/alpr/plate-recognizer", "stream", body).status).toBe(202);
    expect(desk.ofType("HitFound")[0]?.data.plateRead).toBe("7KBM042");
  });

  it("from a source that is not known is refused", () => {
    expect(incident().post("/intake/alpr/rekor", "stranger", rekor(startMs)).status).toBe(401);
    expect(incident().post("/intake/alpr/rekor", "stream", rekor(startMs)).status).toBe(401);
  });
});

describe("bad reads", () => {
  const nowMs = startMs + 40_000;
  const corpus: readonly [string, number, unknown][] = [
    ["no JSON", 400, "{"],
    ["deep JSON", 400, `${"[".repeat(100)}${"]".repeat(100)}`],
    ["prototype keys", 400, '{"__proto__":{"x":1},"data_type":"alpr_group"}'],
    ["no type", 422, {}],
    ["an array", 422, []],
    ["seconds instead of milliseconds", 422, rekor(nowMs, { atMs: Math.floor(nowMs / 1000) })],
    ["the future", 422, rekor(nowMs, { atMs: nowMs + 6_000 })],
    ["a camera nobody knows", 404, rekor(nowMs, { cameraId: 999 })],
    ["no ids", 422, rekor(nowMs, { more: { uuids: [], best_uuid: undefined } })],
    ["a picture that is none", 422, rekor(nowMs, { crop: btoa("hello") })],
    ["a picture that is too large", 422, rekor(nowMs, { crop: "A".repeat(2_900_000) })],
    ["base64 that is none", 422, rekor(nowMs, { crop: "%%%" })],
    ["a body that is too large", 413, `"${"x".repeat(5 * 1024 * 1024)}"`],
  ];
  for (const [name, status, body] of corpus)
    it(`are refused: ${name}`, () => {
      const desk = incident();
      const answer = desk.post("/intake/alpr/rekor", "readers", body);
      expect([answer.status, desk.ofType("HitFound").length]).toEqual([status, 0]);
      expect(desk.ofType("IntakeRefused")).toHaveLength(1);
      expect(JSON.stringify(desk.ofType("IntakeRefused"))).not.toContain("7KBM042");
      expect(JSON.stringify(desk.counted)).not.toContain("7KBM042");
    });

  it("do not fill the record", () => {
    const desk = incident();
    for (let n = 0; n < 200; n++) desk.post("/intake/alpr/rekor", "readers", "{");
    expect(desk.ofType("IntakeRefused").length).toBeLessThanOrEqual(3);
    expect(desk.counted.filter((one) => one.startsWith("reads_refused"))).toHaveLength(200);
  });

  it("of a flood are stored, told once, and raise few cards", () => {
    const rows = Array.from({ length: 20 }, (_, n) => `7KBM${100 + n},CA,Stolen,26-1,T,high,2026-01-01,P9D,,,,,,`);
    const desk = new Desk({ list: [listText, ...rows].join("\n") });
    for (let n = 0; n < 620; n++) expect(desk.read({ uuid: `u${n}`, plate: "5ABC123" }).status).toBe(202);
    expect(desk.ofType("SourceFlooding")).toHaveLength(1);
    for (let n = 0; n < 20; n++) desk.read({ uuid: `hit${n}`, plate: `7KBM${100 + n}` });
    expect(desk.ofType("HitFound").length).toBeGreaterThan(0);
    expect(desk.ofType("HitFound").length).toBeLessThanOrEqual(5);
  });
});
