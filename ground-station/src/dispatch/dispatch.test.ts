import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { dispatchRoom } from "./dispatch-room.js";
import { Counter } from "./testing/counter.js";
import { unreadCards } from "./unread.js";

const operator = person("op-1");
const open = () => {
  const counter = new Counter();
  counter.openIncident();
  return counter;
};
const make = (counter: Counter, unit = "3a21") =>
  counter.act("makeOfficerLink", { incidentId: "i_1" }, { unit }, operator);
const redeem = (counter: Counter, token: unknown) => counter.act("openOfficerLink", {}, { token }, undefined);

describe("an officer's link (security test 24)", () => {
  it("shows its token once and keeps only the hash", () => {
    const counter = open();
    const { body, status } = make(counter);
    const token = String(body["token"]);
    expect(status).toBe(201);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(body).toMatchObject({ unit: "3A21", path: `/o#${token}`, untilMs: counter.clock.nowMs() + 7_200_000 });
    expect(JSON.stringify(counter.facts)).not.toContain(token);
    expect(JSON.stringify(counter.part.incidentPieces("i_1"))).not.toContain(token);
  });

  it("is opened once, on one device", () => {
    const counter = open();
    const token = make(counter).body["token"];
    const first = redeem(counter, token);
    expect(first.raw?.headers["set-cookie"]).toMatch(
      /^__Host-officer=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=7200$/,
    );
    expect(redeem(counter, token).status).toBe(409);
    expect(counter.ofType("OfficerLinkOpened")).toHaveLength(1);
    const cookie = first.raw?.headers["set-cookie"]?.split(";")[0] ?? "";
    expect(JSON.stringify(counter.facts)).not.toContain(cookie.slice("__Host-officer=".length));
    expect(counter.phone(cookie).status).toBe(200);
  });

  it("is opened by nothing else: no cookie, another's, an invented token", () => {
    const counter = open();
    make(counter);
    expect(redeem(counter, "x".repeat(43)).status).toBe(410);
    expect(counter.get("/officer/view", {}).status).toBe(401);
    expect(counter.phone("__Host-officer=invented-invented-invented-invented-invente").status).toBe(410);
    expect(counter.ofType("OfficerLinkOpened")).toHaveLength(0);
  });

  it("is not opened where that cannot be recorded", () => {
    const counter = open();
    const token = make(counter).body["token"];
    counter.recordWritable = false;
    expect(redeem(counter, token).status).toBe(503);
  });

  it("ends after two hours, to the millisecond, opened or not", () => {
    const counter = open();
    const cookie = counter.openPhone();
    const unopened = make(counter, "3A12").body["token"];
    counter.clock.advance(7_199_999);
    expect(counter.phone(cookie).status).toBe(200);
    counter.clock.advance(1);
    expect(counter.phone(cookie).status).toBe(410);
    expect(redeem(counter, unopened).status).toBe(410);
    expect(counter.ofType("OfficerLinkEnded").map((fact) => fact.data.why)).toEqual([
      "its two hours are over",
      "its two hours are over",
    ]);
  });

  it("ends ten minutes after its incident has closed", () => {
    const counter = open();
    const cookie = counter.openPhone();
    counter.closeIncident();
    counter.clock.advance(599_999);
    expect(counter.phone(cookie).status).toBe(200);
    counter.clock.advance(1);
    expect(counter.phone(cookie).status).toBe(410);
    expect(counter.ofType("OfficerLinkEnded")[0]?.data.why).toBe("the incident is closed");
    expect(make(counter).status).toBe(409);
  });

  it("is revoked at once", () => {
    const counter = open();
    const cookie = counter.openPhone();
    const linkId = counter.ofType("OfficerLinkMade")[0]?.data.linkId ?? "";
    expect(counter.act("revokeOfficerLink", { linkId }, { why: "wrong unit" }, operator).status).toBe(200);
    expect(counter.phone(cookie).status).toBe(410);
    expect(counter.part.incidentPieces("i_1").officerLinks).toEqual([]);
  });

  it("lives over a restart and still ends in time", () => {
    const counter = open();
    const cookie = counter.openPhone();
    counter.clock.advance(3_600_000);
    const again = new Counter({ clock: counter.clock, replay: counter.facts });
    expect(again.phone(cookie).status).toBe(200);
    again.clock.advance(3_600_000);
    expect(again.phone(cookie).status).toBe(410);
    expect(again.ofType("OfficerLinkEnded")).toHaveLength(1);
  });

  it("is made by the crime center only, thirty at most", () => {
    const counter = open();
    expect(counter.act("makeOfficerLink", { incidentId: "i_1" }, { unit: "3A21" }, person("p", ["pic"])).status).toBe(
      403,
    );
    for (let n = 0; n < 30; n++) expect(make(counter, `U${n}`).status).toBe(201);
    expect(make(counter).status).toBe(429);
  });
});

describe("what the officer sees", () => {
  const view = (counter: Counter, cookie: string) => counter.phone(cookie).body["view"];

  it("is the corner, what people confirmed, and what must not be acted on", () => {
    const counter = open();
    counter.hit("h_1");
    const cookie = counter.openPhone();
    const point = counter.place(-8, 6).point;
    counter.act(
      "observe",
      { incidentId: "i_1" },
      { text: "Two casings, north-west corner", seenBy: "OSPREY", point },
      operator,
    );
    expect(view(counter, cookie)).toMatchObject({
      unit: "3A21",
      incident: { title: "Shots fired", placeLabel: "Haight St & Masonic Ave", number: "26-00001" },
      confirmed: [{ text: "Two casings, north-west corner", by: "Name of op-1" }],
      notToActOn: ["Plate not confirmed: do not stop on it"],
    });
    expect(JSON.stringify(view(counter, cookie))).not.toContain("7KBM042");
  });

  it("draws streets and houses within 80 m and none beyond", () => {
    const counter = open();
    const seen = counter.phone(counter.openPhone()).body["view"];
    expect(seen).toMatchObject({ plan: { buildings: [expect.anything()] } });
    const plan = (seen as { plan: { streets: { name: string; points: { latDeg: number; lonDeg: number }[] }[] } }).plan;
    expect([...new Set(plan.streets.map((street) => street.name))].sort()).toEqual(["Haight St", "Masonic Ave"]);
    for (const point of plan.streets.flatMap((street) => street.points)) {
      const local = counter.world.frame.toLocal(point);
      expect(Math.max(Math.abs(local.eastM), Math.abs(local.northM))).toBeLessThanOrEqual(80.1);
    }
  });

  it("withholds a title that names an unverified plate", () => {
    const counter = new Counter();
    counter.openIncident("i_1", "Carjacking, plate 5ABC123");
    expect(view(counter, counter.openPhone())).toMatchObject({ incident: { title: "Incident" } });
  });

  it("names a confirmed plate, and says when a second person is awaited", () => {
    const counter = open();
    counter.hit("h_1", { secondNeeded: true });
    const cookie = counter.openPhone();
    counter.confirm("h_1");
    expect(view(counter, cookie)).toMatchObject({
      notToActOn: ["Plate waits for a second person: do not stop on it", expect.anything()],
    });
    counter.confirm("h_1", true);
    expect(view(counter, cookie)).toMatchObject({
      confirmed: [{ text: "Plate 7KBM042 confirmed, silver Honda sedan" }],
    });
  });
});

describe("advice", () => {
  it("reaches its units, is read once, and may be taken back", () => {
    const counter = open();
    const [mine, other] = [counter.openPhone("3A21"), counter.openPhone("3A12")];
    const adviceId = String(counter.advise("Two people at the corner", ["3a21"]).body["adviceId"]);
    const ack = (cookie: string) => counter.act("acknowledgeAdvice", { adviceId }, {}, undefined, cookie);
    expect(ack(other).status).toBe(404);
    expect(ack(mine).status).toBe(200);
    expect(ack(mine).status).toBe(200);
    expect(counter.ofType("AdviceAcknowledged")).toHaveLength(1);
    expect(counter.ofType("AdviceAcknowledged")[0]?.by).toMatchObject({ role: "officer", name: "3A21, link holder" });
    expect(counter.part.incidentPieces("i_1").advice?.[0]).toMatchObject({
      readBy: [{ unit: "3A21" }],
      withdrawn: undefined,
    });
    expect(counter.act("withdrawAdvice", { adviceId }, { why: "They left" }, operator).status).toBe(200);
    expect(counter.phone(mine).body).toMatchObject({ view: { advice: [{ withdrawn: "They left" }] } });
    expect(ack(mine).status).toBe(409);
  });

  it("not read after 30 s is called out by radio", () => {
    const counter = open();
    const cookie = counter.openPhone("3A21");
    const adviceId = String(counter.advise("Two people at the corner", ["3A21", "3A12"]).body["adviceId"]);
    counter.act("acknowledgeAdvice", { adviceId }, {}, undefined, cookie);
    const unread = () => unreadCards(counter.kernel.state(dispatchRoom), counter.clock.nowMs());
    counter.clock.advance(29_999);
    expect(unread()).toEqual([]);
    counter.clock.advance(1);
    expect(unread()).toMatchObject([
      { unit: "3A12", ageS: 30, text: "3A12 has not read the card: call 3A12 by radio." },
    ]);
  });

  it("is not given for closed or unknown incidents", () => {
    const counter = open();
    counter.closeIncident();
    expect(counter.advise("Two people").status).toBe(409);
    expect(counter.act("observe", { incidentId: "i_9" }, { text: "x", seenBy: "y" }, operator).status).toBe(404);
  });

  it("is drafted from what is confirmed, and the draft itself may be sent", () => {
    const counter = open();
    const draft = () => counter.get("/incidents/{incidentId}/advice-draft", { incidentId: "i_1" }).body;
    expect(draft()).toMatchObject({ text: "", plateConfirmed: false });
    counter.hit("h_1");
    counter.act(
      "observe",
      { incidentId: "i_1" },
      { text: "two casings, north-west corner", seenBy: "OSPREY" },
      operator,
    );
    expect(draft()).toMatchObject({
      text: "Two casings, north-west corner. Plate not confirmed.",
      source: "Seen by OSPREY, confirmed by Name of op-1",
      plateConfirmed: false,
    });
    expect(counter.advise(String(draft()["text"])).status).toBe(201);
    counter.confirm("h_1");
    expect(draft()).toMatchObject({
      text: "Two casings, north-west corner. Silver Honda sedan, plate 7KBM042.",
      plateConfirmed: true,
    });
    expect(counter.advise(String(draft()["text"])).status).toBe(201);
  });
});
