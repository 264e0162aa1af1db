import { describe, expect, it } from "vitest";
import { testConfig } from "../app/testing/test-config.js";
import { TestStation } from "../app/testing/test-station.js";
import { demoImpossible } from "./demo-people.js";
import { presenceFacts } from "./presence.js";
import { decideStartWatch, type StartWatch } from "./start-watch.js";
import { watchRoom } from "./watch-room.js";

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 0, 1);
const wish = (over: Partial<StartWatch> = {}): StartWatch => ({
  watchId: "w_1",
  personId: "p1",
  name: "Pilot",
  by: { kind: "person", personId: "p1", name: "Pilot", role: "pic" },
  nowMs,
  papers: { certificate: { number: "C-1", untilMs: nowMs + dayMs }, lastFlightMs: nowMs - dayMs },
  currencyDays: 30,
  soundTested: true,
  notConfiguredRead: true,
  notConfigured: ["remote-id"],
  ...over,
});

describe("starting a watch", () => {
  it("is recorded with the papers and what was read", () => {
    const decision = decideStartWatch(wish(), watchRoom.initial());
    expect(decision).toMatchObject({
      kind: "started",
      facts: [
        {
          type: "WatchStarted",
          data: { certificate: "C-1", currencyDays: 1, soundTested: true, notConfiguredRead: ["remote-id"] },
        },
      ],
    });
  });

  it.each([
    ["no certificate", { papers: { certificate: undefined, lastFlightMs: nowMs } }],
    [
      "a certificate that has run out",
      { papers: { certificate: { number: "C", untilMs: nowMs }, lastFlightMs: nowMs } },
    ],
    ["no known flight", { papers: { certificate: { number: "C", untilMs: nowMs + 1 }, lastFlightMs: undefined } }],
    [
      "a flight too long ago",
      { papers: { certificate: { number: "C", untilMs: nowMs + 1 }, lastFlightMs: nowMs - 31 * dayMs } },
    ],
    ["an untested sound", { soundTested: false }],
    ["an unread list", { notConfiguredRead: false }],
  ])("is refused with %s", (_, over: Partial<StartWatch>) => {
    expect(decideStartWatch(wish(over), watchRoom.initial())).toMatchObject({
      kind: "refused",
      doThis: expect.any(String),
    });
  });
});

describe("a watch for a check flight", () => {
  const days = (over: Partial<StartWatch>) => {
    const decision = decideStartWatch(wish(over), watchRoom.initial());
    const fact = decision.kind === "started" ? decision.facts[0] : undefined;
    return fact?.type === "WatchStarted" ? fact.data.currencyDays : undefined;
  };
  const papers = (lastFlightMs: number | undefined) => ({
    certificate: { number: "C", untilMs: nowMs + 1 },
    lastFlightMs,
  });
  it("begins in a scored run for a pilot who is not current, and says so to the launch gate", () => {
    expect(days({ papers: papers(nowMs - 31 * dayMs), checkFlight: true })).toBe(-1);
    expect(days({ papers: papers(undefined), checkFlight: true })).toBe(-1);
    expect(days({ papers: papers(undefined) })).toBeUndefined();
  });
  it("is an ordinary one for a pilot who is current, even by a flight of this very moment", () => {
    expect(days({ papers: papers(nowMs - 3 * dayMs), checkFlight: true })).toBe(3);
    expect(days({ papers: papers(nowMs + 1) })).toBe(0);
  });
  it("is refused while a training that is needed is not fresh, which the reason names", () => {
    const lapsed = [{ teaches: "a", title: "Lost link", withinDays: 90, days: 120, state: "lapsed" as const }];
    const held = { ...papers(nowMs - dayMs), lapsed };
    expect(decideStartWatch(wish({ papers: held }), watchRoom.initial())).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("Lost link"),
    });
    expect(days({ papers: held, checkFlight: true })).toBe(-1);
  });
});

describe("presence (security test 25)", () => {
  const watch = {
    watchId: "w",
    personId: "p",
    name: "Pilot",
    sinceMs: 0,
    certificateUntilMs: 0,
    currencyDays: 0,
    stale: false,
  };
  it("goes stale at 60 s and not before, and comes back", () => {
    expect(presenceFacts([watch], () => 59_999)).toEqual([]);
    expect(presenceFacts([watch], () => 60_000)).toMatchObject([
      { type: "PresenceStale", data: { personId: "p", ageS: 60 } },
    ]);
    expect(presenceFacts([{ ...watch, stale: true }], () => 90_000)).toEqual([]);
    expect(presenceFacts([{ ...watch, stale: true }], () => 10)).toMatchObject([{ type: "PresenceBack" }]);
  });

  it("counts only real input, not pings", () => {
    const test = new TestStation();
    const cookie = test.login("pic");
    expect(test.act({ path: "/watches", body: { soundTested: true, notConfiguredRead: true }, cookie }).status).toBe(
      201,
    );
    const socket = test.socket(cookie);
    for (let second = 0; second < 70; second++) {
      socket.say({ kind: "ping", n: second, visible: true });
      test.wall.advance(1_000);
    }
    const age = () => (test.get("/api/v1/watches", cookie).body as { watches: { stale: boolean }[] }).watches[0]?.stale;
    expect(age()).toBe(true);
    socket.say({ kind: "presence" });
    test.wall.advance(10);
    expect(age()).toBe(false);
  });
});

describe("signing in (security test 38)", () => {
  it("gives a cookie that no script can read and no other port can use, and a new one each time", () => {
    const test = new TestStation();
    const answer = test.act({ path: "/session", body: { demoRole: "pic" } });
    expect(answer.headers["set-cookie"]).toMatch(
      /^__Host-sid=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=46800$/,
    );
    const first = (answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
    const second =
      test.act({ path: "/session", body: { demoRole: "pic" }, cookie: first }).headers["set-cookie"]?.split(";")[0] ??
      "";
    expect(second).not.toBe(first);
    expect(test.get("/api/v1/watches", first).status).toBe(401);
    expect(test.get("/api/v1/watches", second).status).toBe(200);
  });

  it("ends after 13 hours, whatever happens", () => {
    const test = new TestStation();
    const cookie = test.login("rtcc");
    test.wall.jump(12.9 * 3_600_000);
    expect(test.get("/api/v1/incidents", cookie).status).toBe(200);
    test.wall.jump(0.2 * 3_600_000);
    expect(test.get("/api/v1/incidents", cookie).status).toBe(401);
  });

  it("never writes a token down", () => {
    const test = new TestStation();
    const token = test.login("pic").split("=")[1] ?? "none";
    for (const [, bytes] of test.disk.files) expect(new TextDecoder().decode(bytes)).not.toContain(token);
  });

  it("exists as a demo only where everything is simulated and local (security test 31)", () => {
    expect(demoImpossible(testConfig())).toBeUndefined();
    expect(demoImpossible(testConfig((base) => ({ ...base, demo: false })))).toBeDefined();
    expect(
      demoImpossible(testConfig((base) => ({ ...base, site: { ...base.site, provenance: "live" } }))),
    ).toBeDefined();
    expect(
      demoImpossible(testConfig((base) => ({ ...base, listen: { ...base.listen, host: "0.0.0.0" } }))),
    ).toBeDefined();
    const test = new TestStation({ config: testConfig((base) => ({ ...base, demo: false })) });
    expect(test.act({ path: "/session", body: { demoRole: "pic" } }).status).toBe(403);
  });

  const withPeople = testConfig((base) => ({
    ...base,
    people: [{ personId: "sam", name: "Unit 7", roles: ["rtcc"], passwordHash: "hash-of-long enough words" }],
  }));

  it("tells nothing about whether a name exists", () => {
    const test = new TestStation({ config: withPeople });
    const wrong = test.act({ path: "/session", body: { name: "sam", password: "no" } });
    const unknown = test.act({ path: "/session", body: { name: "nobody", password: "no" } });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.text).toBe(unknown.text);
    expect(test.act({ path: "/session", body: { name: "sam", password: "long enough words" } }).status).toBe(200);
  });

  it("slows guessing down and lets the owner in again after a while", () => {
    const test = new TestStation({ config: withPeople });
    const tries = Array.from(
      { length: 12 },
      () => test.act({ path: "/session", body: { name: "sam", password: "guess" } }).status,
    );
    expect(tries.at(-1)).toBe(429);
    test.wall.advance(60_000);
    expect(test.act({ path: "/session", body: { name: "sam", password: "long enough words" } }).status).toBe(200);
  });

  it("makes a second browser a second pilot, so that a hand-over can be tried", () => {
    const test = new TestStation();
    const ids = [test.login("pic"), test.login("pic")].map(
      (cookie) => (test.get("/api/v1/session", cookie).body as { session: { personId: string } }).session.personId,
    );
    expect(ids).toEqual(["demo-pic", "demo-pic-2"]);
  });
});
