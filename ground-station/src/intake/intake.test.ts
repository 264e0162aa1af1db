import { describe, expect, it } from "vitest";
import { cap, eido, gunshot, pidf } from "../app/testing/alerts.js";
import { apiKey, at, testConfig } from "../app/testing/test-config.js";
import { startMs, TestStation } from "../app/testing/test-station.js";

const factTypes = (test: TestStation): string[] =>
  new TextDecoder()
    .decode(test.disk.files.get("record.ndjson"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).fact.type as string);

const opened = (test: TestStation): number => factTypes(test).filter((type) => type === "IncidentOpened").length;
const [xml, far] = [{ "content-type": "application/cap+xml" }, at(50_000, 0)];
const deep = `{"a":${"[".repeat(40)}${"]".repeat(40)}}`;

describe("every format", () => {
  it.each([
    ["gunshot", "shots", "/intake/gunshot", gunshot(), {}],
    ["eido", "cad", "/intake/eido", eido(), {}],
    ["cap", "caps", "/intake/cap", cap(), xml],
    [
      "native",
      "own",
      "/intake/native",
      JSON.stringify({
        sourceIncidentId: "n1",
        revision: 0,
        kind: "call",
        callType: "FIGHT",
        title: "Fight",
        narrative: "",
        urgency: 5,
        place: { point: at(5, 5), error: { semiMajorM: 10, semiMinorM: 10, bearingDeg: 0 }, label: "" },
        occurredAtMs: startMs - 5_000,
      }),
      {},
    ],
  ])(
    "of a good %s message opens one incident, and the same again is the same answer",
    (_, source, path, body, headers) => {
      const test = new TestStation();
      const first = test.post(source, path, body, headers);
      expect(first.status, first.text).toBe(202);
      const again = test.post(source, path, body, headers);
      expect(again.status).toBe(200);
      expect(again.body).toEqual(first.body);
      expect(opened(test)).toBe(1);
    },
  );

  const bad: [string, string, string, string, Record<string, string>, number, string][] = [
    ["not JSON", "shots", "/intake/gunshot", "{", {}, 400, "not JSON"],
    ["deep JSON", "shots", "/intake/gunshot", deep, {}, 400, "nested deeper"],
    ["__proto__", "shots", "/intake/gunshot", '{"__proto__":{"polluted":1}}', {}, 400, "not allowed"],
    [
      "a wrong content type",
      "shots",
      "/intake/gunshot",
      gunshot(),
      { "content-type": "text/plain" },
      415,
      "content type",
    ],
    ["no rounds but half a one", "shots", "/intake/gunshot", gunshot({ rounds: 0.5 }), {}, 422, "rounds"],
    [
      "a local time without offset",
      "shots",
      "/intake/gunshot",
      gunshot({ occurredAt: "2026-01-01T13:00:00" }),
      {},
      422,
      "occurredAt",
    ],
    [
      "a time in the future",
      "shots",
      "/intake/gunshot",
      gunshot({ occurredAt: "2026-01-01T20:02:00Z" }),
      {},
      422,
      "future",
    ],
    ["yesterday's news", "shots", "/intake/gunshot", gunshot({ occurredAt: "2025-12-30T20:02:00Z" }), {}, 422, "24 h"],
    [
      "a place outside the area",
      "shots",
      "/intake/gunshot",
      gunshot({ location: { lat: far.latDeg, lon: far.lonDeg, radiusM: 25 } }),
      {},
      422,
      "outside",
    ],
    [
      "latitude and longitude swapped",
      "shots",
      "/intake/gunshot",
      gunshot({ location: { lat: 74.99, lon: 39.74, radiusM: 25 } }),
      {},
      422,
      "outside",
    ],
    [
      "an error of 10 km",
      "shots",
      "/intake/gunshot",
      gunshot({ location: { lat: 39.74, lon: -104.99, radiusM: 10_000 } }),
      {},
      422,
      "radiusM",
    ],
    ["EIDO of another version", "cad", "/intake/eido", eido({ eidoVersion: "2.0" }), {}, 422, "eidoVersion"],
    ["EIDO without its agency", "cad", "/intake/eido", eido({ agencyComponent: [] }), {}, 422, "agencyComponent"],
    [
      "EIDO with a dangling $ref",
      "cad",
      "/intake/eido",
      eido({}, { locationReference: [{ $ref: "loc-9" }] }),
      {},
      422,
      "$ref",
    ],
    ["EIDO with one $id twice", "cad", "/intake/eido", eido({}, { $id: "loc-1" }), {}, 422, "same $id"],
    [
      "EIDO without an offset in its time",
      "cad",
      "/intake/eido",
      eido({ lastUpdateTimeStamp: "2026-01-01T12:59:58" }),
      {},
      422,
      "offset",
    ],
    [
      "EIDO from the future",
      "cad",
      "/intake/eido",
      eido({ lastUpdateTimeStamp: "2026-01-01T13:02:00-07:00" }),
      {},
      422,
      "future",
    ],
    [
      "EIDO at a cell tower",
      "cad",
      "/intake/eido",
      eido({}, {}, { locationTypeDescriptionRegistryText: "TowerLocation" }),
      {},
      422,
      "CurrentIncident",
    ],
    [
      "EIDO with neither a position nor an address",
      "cad",
      "/intake/eido",
      eido(
        {},
        {},
        {
          locationByValue: "<presence><civicAddress><A1>CO</A1></civicAddress></presence>",
          locationDescriptionText: "",
        },
      ),
      {},
      422,
      "no geodetic",
    ],
    [
      "EIDO with a radius in feet",
      "cad",
      "/intake/eido",
      eido({}, {}, { locationByValue: pidf(0, 0, '<gs:radius uom="ft">30</gs:radius>') }),
      {},
      422,
      "EPSG:9001",
    ],
    [
      "EIDO with a document type",
      "cad",
      "/intake/eido",
      eido({}, {}, { locationByValue: `<!DOCTYPE a [<!ENTITY x "y">]>${pidf(0, 0)}` }),
      {},
      422,
      "document type",
    ],
    [
      "EIDO with deep XML",
      "cad",
      "/intake/eido",
      eido({}, {}, { locationByValue: "<a>".repeat(50) + "</a>".repeat(50) }),
      {},
      422,
      "nested deeper",
    ],
    [
      "CAP with a document type",
      "caps",
      "/intake/cap",
      cap({ before: '<!DOCTYPE alert [<!ENTITY lol "lol">]>' }),
      xml,
      400,
      "document type",
    ],
    ["CAP that is cut off", "caps", "/intake/cap", cap().slice(0, 300), xml, 400, "well-formed"],
    ["CAP that has expired", "caps", "/intake/cap", cap({ expires: "2026-01-01T12:59:00-07:00" }), xml, 422, "expired"],
    [
      "CAP in metres for kilometres",
      "caps",
      "/intake/cap",
      cap({ circle: `${at(0, 0).latDeg},${at(0, 0).lonDeg} 25` }),
      xml,
      422,
      "kilometres",
    ],
    ["a CAP update of nothing", "caps", "/intake/cap", cap({ msgType: "Update" }), xml, 422, "references"],
    ["CAP with Z for its offset", "caps", "/intake/cap", cap({ sent: "2026-01-01T20:00:00Z" }), xml, 422, "Z"],
    ["a CAP draft", "caps", "/intake/cap", cap({ status: "Draft" }), xml, 422, "status Draft"],
  ];
  it.each(bad)("refuses %s, opens nothing and says so in the record", (_, source, path, body, headers, status, why) => {
    const test = new TestStation();
    const answer = test.post(source, path, body, headers);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.text).toContain(why);
    expect(opened(test)).toBe(0);
    expect(factTypes(test)).toContain("IntakeRefused");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("refuses 10 MB without reading them", () => {
    const test = new TestStation();
    expect(test.post("shots", "/intake/gunshot", new Uint8Array(10 * 1024 * 1024)).status).toBe(413);
    test.station.http.onTooLarge("POST", "/api/v1/intake/gunshot");
    expect(test.get("/metrics").text).toContain(`intake_refused_total{kind="gunshot",status="413"} 2`);
  });
});

describe("who may post", () => {
  const change = (over: Record<string, string>, body = gunshot()): number =>
    new TestStation().post("shots", "/intake/gunshot", body, over).status;
  it("refuses a stranger, a wrong signature, another source's route, an old stamp and a browser", () => {
    expect(change({ "x-outrider-source": "nobody" })).toBe(401);
    expect(change({ "x-outrider-signature": `v1=${"0".repeat(64)}` })).toBe(401);
    expect(change({ "x-outrider-source": "cad" })).toBe(403);
    expect(change({ "x-outrider-timestamp": String(startMs / 1000 - 301) })).toBe(401);
    expect(change({ "x-outrider-timestamp": String(startMs / 1000 - 299) })).toBe(202);
    expect(change({ origin: "http://127.0.0.1:8080" })).toBe(403);
  });

  it("refuses a body of which one bit was changed after signing", () => {
    const test = new TestStation();
    const signature = "x-outrider-signature";
    let taken = "";
    const spy = new TestStation();
    const original = spy.station.handle.bind(spy.station);
    spy.station.handle = (request, respond) => {
      taken = request.headers[signature] ?? "";
      original(request, respond);
    };
    spy.post("shots", "/intake/gunshot", gunshot());
    expect(test.post("shots", "/intake/gunshot", gunshot({ rounds: 6 }), { [signature]: taken }).status).toBe(401);
  });

  it("refuses a replayed request, also after a restart", () => {
    const test = new TestStation();
    const nonce = { "x-outrider-nonce": "7".repeat(32) };
    expect(test.post("shots", "/intake/gunshot", gunshot(), nonce).status).toBe(202);
    expect(test.post("shots", "/intake/gunshot", gunshot(), nonce).status).toBe(409);
    test.station.close();
    const again = new TestStation({ disk: test.disk, seed: 5 });
    expect(again.post("shots", "/intake/gunshot", gunshot(), nonce).status).toBe(409);
    expect(opened(again)).toBe(1);
  });

  it("stops listening to an address that keeps guessing", () => {
    const test = new TestStation();
    const statuses = Array.from(
      { length: 40 },
      () => test.post("shots", "/intake/gunshot", gunshot(), { "x-outrider-signature": "v1=00" }).status,
    );
    expect(statuses.at(-1)).toBe(429);
  });

  it("does not start where a live source stands beside a simulated site", () => {
    const config = testConfig((base) => ({
      ...base,
      sources: base.sources.map((one) => ({ ...one, provenance: "live" as const })),
    }));
    expect(new TestStation({ config }).refusedStart).toContain("never meet");
  });
});

describe("what a source says later", () => {
  it("refuses other content under the same id and revision", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    expect(test.post("shots", "/intake/gunshot", gunshot({ rounds: 9 })).status).toBe(409);
  });

  it("takes a newer revision as an update of the same alert and passes over an older one", () => {
    const test = new TestStation();
    const first = test.post("shots", "/intake/gunshot", gunshot());
    const update = test.post("shots", "/intake/gunshot", gunshot({ revision: 2, rounds: 9 }));
    expect(update.body).toEqual(first.body);
    expect(factTypes(test)).toContain("AlertUpdated");
    expect(test.post("shots", "/intake/gunshot", gunshot({ rounds: 7 })).status).toBe(200);
    expect(opened(test)).toBe(1);
  });

  it.each([
    ["dismissed", gunshot({ revision: 2, workflow: "dismissed" })],
    ["reclassified as fireworks", gunshot({ revision: 2, workflow: "reclassified", kind: "fireworks" })],
  ])("cancels an alert that was %s", (_, body) => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    expect(test.post("shots", "/intake/gunshot", body).status).toBe(202);
    expect(factTypes(test)).toContain("AlertCancelled");
  });

  it("opens an alert as cancelled when its cancellation overtook it", () => {
    const test = new TestStation();
    expect(test.post("shots", "/intake/gunshot", gunshot({ revision: 2, workflow: "dismissed" })).status).toBe(200);
    test.post("shots", "/intake/gunshot", gunshot());
    expect(factTypes(test).filter((type) => /^(Alert|Incident)/.test(type))).toEqual([
      "AlertReceived",
      "IncidentOpened",
      "AlertCancelled",
    ]);
  });

  it("cancels a call that the center closed", () => {
    const test = new TestStation();
    test.post("cad", "/intake/eido", eido());
    const closed = eido(
      { lastUpdateTimeStamp: "2026-01-01T13:00:00.000-07:00" },
      { incidentStatusCommonRegistryText: ["Closed"] },
    );
    expect(test.post("cad", "/intake/eido", closed).status).toBe(202);
    expect(factTypes(test)).toContain("AlertCancelled");
  });

  it("upserts CAD events by their id, with 1 as the highest priority", () => {
    const test = new TestStation();
    const post = (event: object) =>
      test.request(
        "POST",
        "/api/v1/intake/cad/flock",
        { "content-type": "application/json", "x-api-key": apiKey },
        JSON.stringify({ events: [event] }),
      );
    const event = {
      externalId: "CAD-1",
      eventType: "SHOTS FIRED",
      priority: 1,
      timestamp: "2026-01-01T19:59:00Z",
      location: { latitude: at(9, 9).latDeg, longitude: at(9, 9).lonDeg },
    };
    expect(post(event).status).toBe(202);
    expect(post(event).status).toBe(200);
    expect(post({ ...event, narratives: ["Caller saw a car"] }).status).toBe(202);
    expect(factTypes(test).filter((type) => type === "AlertUpdated")).toHaveLength(1);
    expect(test.get("/api/v1/incidents", test.login("rtcc")).body).toMatchObject({
      incidents: [{ callType: "SHOOT", urgency: 10 }],
    });
    expect(post({ ...event, closedAt: "2026-01-01T20:00:00Z" }).status).toBe(202);
    expect(factTypes(test)).toContain("AlertCancelled");
  });

  it("merges what is near in place and time and keeps both places", () => {
    const test = new TestStation();
    const first = test.post("shots", "/intake/gunshot", gunshot()).body as { incidentId: string };
    const call = test.post("cad", "/intake/eido", eido()).body as { incidentId: string };
    expect(call.incidentId).toBe(first.incidentId);
    const story = test.get(`/api/v1/incidents/${first.incidentId}`, test.login("rtcc")).body as {
      alerts: { place: { error: { semiMajorM: number } } }[];
    };
    expect(story.alerts.map((one) => one.place.error.semiMajorM)).toEqual([25, 30]);
  });
});

describe("a flood", () => {
  it("is kept and merged, loses only the right to launch by itself, and is said once", () => {
    const test = new TestStation();
    for (let n = 0; n < 100; n++)
      expect(test.post("shots", "/intake/gunshot", gunshot({ sourceIncidentId: `g-${n}` })).status).toBe(202);
    const alerts = test.get("/api/v1/alerts", test.login("rtcc")).body as { alerts: { alert: { signed: boolean } }[] };
    expect(alerts.alerts).toHaveLength(100);
    expect([0, -1].map((n) => alerts.alerts.at(n)?.alert.signed)).toEqual([true, false]);
    expect(factTypes(test).filter((type) => type === "SourceFlooding")).toHaveLength(1);
    expect(test.get("/metrics").text).toMatch(/intake_flooding_total\{sourceId="shots"\} \d\d/);
    expect(factTypes(test)).toContain("AlarmRaised");
    expect(opened(test)).toBe(1);
  });

  it("of refusals fills no disk", () => {
    const test = new TestStation();
    for (let n = 0; n < 100; n++) test.post("shots", "/intake/gunshot", "{");
    expect(factTypes(test).filter((type) => type === "IntakeRefused").length).toBeLessThan(8);
  });
});
