import { describe, expect, it } from "vitest";
import { person } from "../app/testing/answers.js";
import { Counter } from "./testing/counter.js";

const officers = [{ badge: "4711", name: "Officer A", pinHash: "$argon2id$123456" }];

function onScene(over: ConstructorParameters<typeof Counter>[0] = { officers }) {
  const counter = new Counter(over);
  counter.openIncident();
  const cookie = counter.openPhone();
  const adviceId = String(counter.advise("One person left by the back door").body["adviceId"]);
  const give = (badge: string, pin: string) => counter.act("giveBadge", {}, { badge, pin }, undefined, cookie);
  const ack = () => counter.act("acknowledgeAdvice", { adviceId }, {}, undefined, cookie);
  const view = () => counter.phone(cookie).body["view"] as { askBadge: boolean; holder: string };
  return { counter, cookie, give, ack, view };
}

describe("badge and PIN on an officer's phone (security test 24)", () => {
  it("puts a name on the acknowledgement, asked for once a link", () => {
    const { counter, give, ack, view } = onScene();
    expect(view()).toMatchObject({ askBadge: true, holder: "link holder" });
    expect(ack()).toMatchObject({ status: 403, body: { title: "Badge needed" } });
    expect(give("4711", "123456")).toMatchObject({ status: 200, body: { holder: "Officer A (4711)" } });
    expect(view()).toMatchObject({ askBadge: false, holder: "Officer A (4711)" });
    expect(ack().status).toBe(200);
    const [fact] = counter.ofType("AdviceAcknowledged");
    expect(fact).toMatchObject({ data: { holder: "badge" }, by: { personId: "badge:4711", name: "Officer A (4711)" } });
    expect(counter.part.incidentPieces("i_1").advice?.[0]?.readBy[0]).toMatchObject({ by: "Officer A (4711)" });
  });

  it("says plainly that only the link's holder is known where the agency has no badges", () => {
    const { counter, give, ack, view } = onScene({});
    expect(view()).toMatchObject({ askBadge: false, holder: "link holder" });
    expect(give("4711", "123456").status).toBe(422);
    expect(ack().status).toBe(200);
    expect(counter.ofType("AdviceAcknowledged")[0]).toMatchObject({
      data: { holder: "link" },
      by: { name: "3A21, link holder" },
    });
    expect(counter.part.incidentPieces("i_1").advice?.[0]?.readBy[0]).toMatchObject({ by: "link holder" });
  });

  it("ends the link with the fifth wrong answer, whoever's badge was tried, and keeps count over a restart", () => {
    const { counter, cookie, give } = onScene();
    expect(give("4711", "000000")).toMatchObject({ status: 403, body: { detail: expect.stringContaining("4 tries") } });
    for (const badge of ["1", "2"]) expect(give(badge, "123456").status).toBe(403);
    const again = new Counter({ officers, clock: counter.clock, replay: counter.facts });
    const retry = (pin: string) => again.act("giveBadge", {}, { badge: "4711", pin }, undefined, cookie);
    expect(retry("000001").status).toBe(403);
    expect(retry("000002").status).toBe(410);
    expect(retry("123456").status).toBe(410);
    expect(again.phone(cookie).status).toBe(410);
    expect(again.ofType("OfficerLinkEnded")[0]?.data.why).toContain("too often");
    expect(JSON.stringify(again.facts)).not.toMatch(/000001|123456/);
  });

  it("slows one badge down over many links and forgets with time", () => {
    const { counter } = onScene();
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) {
      const phone = counter.openPhone(`U${n}`);
      for (let k = 0; k < 2; k++)
        statuses.push(counter.act("giveBadge", {}, { badge: "4711", pin: "999999" }, undefined, phone).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429]);
    counter.clock.advance(10 * 60_000);
    const phone = counter.openPhone("U9");
    expect(counter.act("giveBadge", {}, { badge: "4711", pin: "123456" }, undefined, phone).status).toBe(200);
  });

  it("takes nothing from a device without a link, and no badge where it cannot be recorded", () => {
    const { counter, give, view } = onScene();
    expect(counter.act("giveBadge", {}, { badge: "4711", pin: "123456" }, undefined).status).toBe(401);
    expect(counter.act("giveBadge", {}, { badge: "4711", pin: "123456" }, person("op-1")).status).toBe(401);
    counter.recordWritable = false;
    expect(give("4711", "123456").status).toBe(503);
    expect(view().holder).toBeDefined();
  });
});
