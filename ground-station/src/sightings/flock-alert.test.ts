import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { Desk } from "./testing/desk.js";

const path = "/intake/alpr/flock";
const [one, two] = [person("op-1"), person("op-2")];
const file = readFileSync(new URL("../../../docs/examples/flock-alert.json", import.meta.url), "utf8");

type Alert = Readonly<Record<string, unknown>>;
/** The example of the documents, of a reader here, now; its plate is on no list of ours. */
function alert(desk: Desk, over: Alert = {}): Alert {
  const said: Alert = JSON.parse(file);
  const ocr = { label: "5ABC123", labelConfidence: 0.93, state: "california", stateConfidence: 0.88 };
  return { ...said, deviceName: "reader-101", eventTime: new Date(desk.clock.nowMs()).toISOString(), ocr, ...over };
}
function incident(desk = new Desk()): Desk {
  desk.openIncident();
  desk.clock.advance(40_000);
  return desk;
}
const cards = (desk: Desk) => desk.ofType("HitFound").map(({ data }) => data);

describe("an alert of Flock of a plate that is on no list of ours", () => {
  it("opens a card as a lead by that network's word, with nothing of it compared", () => {
    const desk = incident();
    expect(desk.post(path, "flock", alert(desk)).status).toBe(202);
    const [card] = cards(desk);
    expect(card).toMatchObject({
      ...{ level: "claimed", plateRead: "5ABC123", incidentId: "i_1", secondNeeded: true, doubtfulIndexes: [] },
      ...{ list: "Example hotlist (Example network)", listedReason: "Stolen Vehicle" },
    });
    expect(card?.checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...["Letters caution", "State caution", "List caution", "Travel pass", "Picture caution"],
    ]);
    expect(card?.checks[1]?.text).toBe("California read; the listed state was not sent");
  });

  it("is no fact: one yes is not enough and tells nobody, and at a live site there is none", () => {
    const desk = incident();
    desk.post(path, "flock", alert(desk));
    const say = (at: Desk, who = one) =>
      at.act("verifyHit", { hitId: cards(at)[0]?.hitId ?? "" }, { verdict: "same" }, who);
    expect(say(desk).body).toMatchObject({ secondNeeded: true });
    expect(desk.ofType("SightingLinked").length + desk.ofType("VehicleSought").length).toBe(0);
    expect(say(desk, two).body).toMatchObject({ secondNeeded: false });
    expect(desk.ofType("SightingLinked")).toHaveLength(1);
    const live = incident(new Desk({ provenance: "live" }));
    live.post(path, "flock", alert(live));
    expect(cards(live)[0]?.checks.at(-1)).toMatchObject({ name: "Picture", state: "block" });
    expect(say(live).status).toBe(409);
  });

  it("is one card however often it is told, by its own id or of the same passing car", () => {
    const desk = incident();
    const first = alert(desk);
    expect(desk.post(path, "flock", first).body).toMatchObject({ reads: [{ state: "stored" }] });
    expect(desk.post(path, "flock", { ...first, detailsUrl: "https://alerts.example.com/again" }).body).toMatchObject({
      reads: [{ state: "known" }],
    });
    desk.post(path, "flock", { ...first, objectId: "another-match-of-the-same-pass" });
    expect(cards(desk)).toHaveLength(1);
    desk.clock.advance(120_000);
    desk.post(path, "flock", alert(desk, { objectId: "two-minutes-later" }));
    expect(cards(desk)).toHaveLength(2);
    desk.act("verifyHit", { hitId: cards(desk)[1]?.hitId ?? "" }, { verdict: "not-same" }, one);
    desk.clock.advance(120_000);
    desk.post(path, "flock", alert(desk, { objectId: "cleared-by-then" }));
    expect(cards(desk)).toHaveLength(2);
  });

  it("gives way to a list of ours that has the plate, and to a vehicle that is sought", () => {
    const desk = incident();
    const listed = { label: "7KBM042", labelConfidence: 0.9, state: "california" };
    desk.post(path, "flock", alert(desk, { ocr: listed }));
    expect(cards(desk).map(({ level, list }) => [level, list])).toEqual([["exact", "stolen list"]]);
    const other = incident();
    other.post(path, "flock", alert(other, { ocr: { label: "7KBM0A2" } }));
    other.read({ uuid: "ours", plate: "7KBM042" });
    expect(cards(other).map(({ level }) => level)).toContain("exact");
  });

  it("that names no list, or is old, or holds no plate, opens none", () => {
    const desk = incident();
    desk.post(path, "flock", alert(desk, { sources: [] }));
    const eventTime = new Date(desk.clock.nowMs() - 11 * 60_000).toISOString();
    expect(desk.post(path, "flock", alert(desk, { objectId: "old", eventTime })).body).toMatchObject({
      reads: [{ state: "storedLate" }],
    });
    expect(desk.post(path, "flock", alert(desk, { objectId: "bare", ocr: null })).body).toMatchObject({
      state: "ignored",
    });
    expect(cards(desk)).toEqual([]);
  });
});

describe("a spoilt alert of Flock", () => {
  it.each([
    ["deviceExternalId", undefined],
    ["objectId", ""],
    ["objectId", 7],
    ["eventTime", "yesterday"],
    ["eventTime", 1_795_382_046_000],
    ["sources", undefined],
    ["sources.0.name", [{ reason: "Stolen Vehicle" }]],
    ["sources.0.reason", [{ name: "NCIC", reason: 4 }]],
    ["ocr.label", { label: 7 }],
    ["ocr.labelConfidence", { label: "5ABC123", labelConfidence: 930 }],
    ["deviceName", "x".repeat(81)],
  ])("is refused by the name of its field: %s", (field, value) => {
    const desk = incident();
    const answer = desk.post(path, "flock", alert(desk, { [field.split(".")[0] ?? ""]: value }));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      detail: expect.stringMatching(new RegExp(`^${field.replaceAll(".", "\\.")}: `)),
    });
    expect(JSON.stringify(answer.body)).not.toContain("5ABC123");
    expect(desk.ofType("IntakeRefused")).toHaveLength(1);
    expect(cards(desk)).toEqual([]);
  });

  it("has a time that cannot be, or a reader that nobody knows: that is said too", () => {
    const desk = incident();
    const eventTime = new Date(desk.clock.nowMs() + 60_000).toISOString();
    expect(desk.post(path, "flock", alert(desk, { eventTime })).body).toMatchObject({
      detail: expect.stringContaining("the time lies in the future"),
    });
    expect(desk.post(path, "flock", alert(desk, { deviceName: "reader-999" })).status).toBe(404);
  });
});
