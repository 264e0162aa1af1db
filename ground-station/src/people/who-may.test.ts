import {
  acts,
  type Fact,
  type FactName,
  factSchemas,
  newFact,
  type Role,
  type RoomKind,
  role,
} from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { testConfig } from "../app/testing/test-config.js";
import { TestStation, testOrigin } from "../app/testing/test-station.js";
import { sessionCookieName } from "../http/index.js";
import { systemActor } from "../kernel/index.js";
import { factFor, seesPlates } from "./rights.js";
import { hasAny, type Right, rolesAt, roomRights, routeRights } from "./who-may.js";

type Operation = {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly content: string | undefined;
};

/** Every route that the station says it has. */
function operations(test: TestStation): readonly Operation[] {
  const { paths } = test.get("/api/v1/openapi.json").body as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, about]) => ({
      key: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: `/api/v1${path.replaceAll(/\{\w+\}/g, "x1")}`,
      content: Object.keys(about.requestBody?.content ?? {})[0],
    })),
  );
}

function cookieOf(test: TestStation, roles: readonly Role[]): string {
  const { sessions } = test.station.doors.people;
  const { token } = sessions.create({ personId: `p-${roles.join("-")}`, name: "One", roles, demo: true });
  return `${sessionCookieName}=${token}`;
}

type Outcome = "let in" | "no right" | "refused otherwise";

let askers = 0;
function ask(test: TestStation, one: Operation, cookie: string | undefined): Outcome {
  const headers = {
    origin: testOrigin,
    "content-type": one.content ?? "application/json",
    ...(cookie === undefined ? {} : { cookie }),
  };
  const body = one.content === undefined ? "" : "{}";
  try {
    // Each from an address of its own: rate limits are tested elsewhere.
    const { status, text } = test.request(one.method, one.path, headers, body, `10.1.0.${askers++}`);
    if (status === 401 || (status === 403 && text.includes("one of these roles"))) return "no right";
    return status < 300 ? "let in" : "refused otherwise";
  } catch {
    // A route that takes its time has let the asker in.
    return "let in";
  }
}

const allRoles = role.options;
const roleSets = fc.uniqueArray(fc.constantFrom(...allRoles), { maxLength: 4 });

describe("who may what (INV-10, security test 21)", () => {
  it("has a right written down for every route, and none for a route that is not there", () => {
    const test = new TestStation();
    const keys = operations(test).map((one) => one.key);
    expect(keys.filter((key) => routeRights[key] === undefined)).toEqual([]);
    expect(Object.keys(routeRights).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it("lets each role use its routes and refuses it every other, and a stranger all", () => {
    const test = new TestStation();
    const wrong: string[] = [];
    for (const one of operations(test)) {
      const right: Right = routeRights[one.key] ?? [];
      for (const who of [undefined, ...allRoles]) {
        const outcome = ask(test, one, who === undefined ? undefined : cookieOf(test, [who]));
        const fine = Array.isArray(right)
          ? (outcome === "no right") === (who === undefined || !right.includes(who))
          : right === "anyone"
            ? outcome !== "no right"
            : outcome !== "let in";
        if (!fine) wrong.push(`${who ?? "nobody"} ${one.key}: ${outcome}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 30_000);

  it("gives several roles what any one of them has, and no more", () => {
    const test = new TestStation();
    const all = operations(test).filter((one) => Array.isArray(routeRights[one.key]));
    fc.assert(
      fc.property(roleSets, fc.constantFrom(...all), (roles, one) => {
        const right = routeRights[one.key];
        const may = Array.isArray(right) && hasAny(roles, right);
        expect(ask(test, one, cookieOf(test, roles)) === "no right").toBe(!may);
      }),
      { numRuns: 150 },
    );
  }, 30_000);

  it("opens each room of the live wire to its roles alone", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const incidentId = (
      test.get("/api/v1/incidents", test.login("rtcc")).body as { incidents: { incidentId: string }[] }
    ).incidents[0]?.incidentId;
    const nameOf = (kind: RoomKind): string =>
      kind === "incident" ? `incident:${incidentId}` : kind === "pilot" ? "pilot:x" : kind;
    const kinds = Object.keys(roomRights) as RoomKind[];
    fc.assert(
      fc.property(roleSets, fc.constantFrom(...kinds), (roles, kind) => {
        const mayConnect = hasAny(roles, ["pic", "rtcc", "trainer", "supervisor", "auditor"]);
        fc.pre(mayConnect);
        const socket = test.socket(cookieOf(test, roles));
        socket.say({ kind: "join", room: nameOf(kind) });
        const got = socket.room(nameOf(kind)).some((one) => one.kind === "room");
        socket.drop();
        expect(got).toBe(hasAny(roles, roomRights[kind]));
      }),
      { numRuns: 120 },
    );
  }, 30_000);

  it("gives an unknown room, an admin and a role that was made up nothing", () => {
    const test = new TestStation();
    expect(test.act({ path: "/live-ticket", cookie: cookieOf(test, ["admin"]) }).status).toBe(403);
    const socket = test.socket(test.login("all"));
    socket.say({ kind: "join", room: "constructor" });
    socket.say({ kind: "join", room: "desk:trainer" });
    expect(socket.heard.some((one) => one.kind === "room")).toBe(false);
    // A stored session of an older version might hold one.
    const madeUp = ["chief"] as unknown as Role[];
    const open = operations(test).filter(
      (one) => Array.isArray(routeRights[one.key]) && ask(test, one, cookieOf(test, madeUp)) !== "no right",
    );
    expect(open).toEqual([]);
  });

  it("makes a trainer's role worth nothing at a live site", () => {
    expect(rolesAt(["trainer", "pic"], "live")).toEqual(["pic"]);
    const test = new TestStation({
      config: testConfig((base) => ({
        ...base,
        demo: false,
        sim: undefined,
        site: { ...base.site, provenance: "live" },
        sources: base.sources.map((one) => ({ ...one, provenance: "live" as const })),
      })),
    });
    const cookie = cookieOf(test, ["trainer"]);
    expect(test.get("/api/v1/incidents", cookie).status).toBe(403);
    expect(test.get("/api/v1/replay?fromSeq=1&toSeq=2", cookie).status).toBe(403);
    expect(test.act({ path: "/live-ticket", cookie }).status).toBe(403);
  });

  it("knows every act of the contract", () => {
    const keys = Object.values(acts).map((act) => `${act.method} ${act.path}`);
    expect(keys.filter((key) => routeRights[key] === undefined)).toEqual([]);
  });
});

const plate = "7KBM042";
const place = { point: { latDeg: 1, lonDeg: 2 }, error: { semiMajorM: 1, semiMinorM: 1, bearingDeg: 0 }, label: "" };
const sought = newFact(
  "VehicleSought",
  {
    incidentId: "i",
    vehicleId: "v",
    description: { plate, plateState: "CA", color: "red" },
    lastSeen: place,
    seenAtMs: 1,
  },
  systemActor,
);
const purpose = newFact(
  "PurposeGiven",
  { purposeId: "p", personId: "o", caseNumber: "1", offence: "x", text: plate, untilMs: 1 },
  systemActor,
);
const search = newFact("SearchMade", { purposeId: "p", personId: "o", what: plate, count: 1 }, systemActor);
const envelope = { seq: 1, id: "f", tMs: 0, prov: "sim" } as const;

describe("what of a fact a viewer sees", () => {
  it("is no plate, and not who searched for what, unless one of his roles may search", () => {
    fc.assert(
      fc.property(roleSets, fc.constantFrom(sought, purpose, search), (roles, news) => {
        const shown = factFor({ ...envelope, ...news } as Fact, roles);
        expect(JSON.stringify(shown ?? "").includes(plate)).toBe(seesPlates(roles));
      }),
    );
    const forPilot = factFor({ ...envelope, ...sought } as Fact, ["pic"]);
    expect(JSON.stringify(forPilot)).toContain("red");
    expect(JSON.stringify(forPilot)).not.toContain("CA");
  });

  it("is never the hash of an officer's link, whoever looks", () => {
    const hash = "ab".repeat(32);
    const made = newFact(
      "OfficerLinkMade",
      { linkId: "l", incidentId: "i", unit: "U", tokenHash: hash, untilMs: 1 },
      systemActor,
    );
    const opened = newFact(
      "OfficerLinkOpened",
      { linkId: "l", incidentId: "i", unit: "U", deviceHash: hash },
      systemActor,
    );
    fc.assert(
      fc.property(roleSets, fc.constantFrom(made, opened), (roles, news) => {
        expect(JSON.stringify(factFor({ ...envelope, ...news } as Fact, roles))).not.toContain(hash);
      }),
    );
  });

  it("names no fact that does not exist", () => {
    const names: readonly FactName[] = ["HitFound", "PurposeGiven", "SearchMade", "SearchReviewed", "VehicleSought"];
    for (const name of names) expect(Object.hasOwn(factSchemas, name)).toBe(true);
  });
});
