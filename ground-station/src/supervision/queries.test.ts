import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { TestStation } from "../app/testing/test-station.js";
import { MemoryQueries } from "./memory-queries.js";
import type { OpenQueries } from "./query-desk.js";
import { queryStoreContract } from "./testing/query-store-contract.js";

queryStoreContract("memory", async () => new MemoryQueries());

type Records = { facts: { seq: number; type: string }[]; next?: number };

describe("a supervisor's questions over the whole record", () => {
  it("are answered from the record and keep up with it", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const cookie = test.login("supervisor");
    const ask = (query: string): Records => test.get(`/api/v1/records?${query}`, cookie).body as Records;
    expect(ask("type=IncidentOpened").facts).toHaveLength(1);
    test.post("shots", "/intake/gunshot", gunshot({ sourceIncidentId: "g2" }));
    expect(ask("type=AlertReceived").facts).toHaveLength(2);
    const first = ask("limit=2&type=AlertReceived,IncidentOpened,AlertMerged");
    expect(first.next).toBe(first.facts[1]?.seq);
    const report = test.get("/api/v1/reports", cookie).body;
    expect(report).toMatchObject({ totals: { AlertReceived: 2 }, days: [{ day: "2026-01-01" }] });
  });

  it("filter searches by what they were for and by whether they were looked at", () => {
    const test = new TestStation();
    const cookie = test.login("supervisor");
    const by = { kind: "person", personId: "op-1", name: "Operator 1", role: "rtcc" } as const;
    const purpose = { purposeId: "p", personId: "op-1", caseNumber: "26-7", offence: "x", text: "y", untilMs: 0 };
    test.station.kernel.commit([
      newFact("PurposeGiven", purpose, by),
      newFact("SearchMade", { purposeId: "p", personId: "op-1", what: "reads", count: 2 }, by),
    ]);
    const ask = (query: string) =>
      (test.get(`/api/v1/searches?${query}`, cookie).body as { searches: { seq: number }[] }).searches;
    const [found] = ask("caseNumber=26-7&reviewed=no");
    expect(ask("caseNumber=26-8")).toEqual([]);
    const review = { path: `/searches/${found?.seq}/review`, body: { verdict: "legit", text: "" }, cookie };
    expect(test.act(review).status).toBe(201);
    expect(ask("caseNumber=26-7&reviewed=no")).toEqual([]);
    expect(ask("reviewed=yes")).toMatchObject([{ seq: found?.seq, review: { verdict: "legit" } }]);
  });

  it("refuse what is no filter", () => {
    const test = new TestStation();
    const cookie = test.login("auditor");
    const auditor = cookie === "" ? test.login("supervisor") : cookie;
    for (const path of ["records?type=x&limit=0", "searches?fromMs=soon", "searches?reviewed=maybe", "reports?toMs=x"])
      expect(test.get(`/api/v1/${path}`, auditor).status).toBe(422);
  });

  it("open no database before the first of them, are answered without one, and give it up when nobody asks", () => {
    let opened = 0;
    const none: OpenQueries = (done) => {
      opened += 1;
      done({ kind: "error", error: new Error("not installed") });
    };
    const test = new TestStation({ more: { queries: none } });
    const cookie = test.login("supervisor");
    test.post("shots", "/intake/gunshot", gunshot());
    expect(opened).toBe(0);
    expect(test.get("/readyz").status).toBe(200);
    const ask = () => test.get("/api/v1/records?type=AlertReceived", cookie);
    expect(ask().body).toMatchObject({ facts: [{ type: "AlertReceived" }] });
    ask();
    expect(opened).toBe(1);
    expect(test.logs).toContain("warn: no database for queries: they are answered from memory");
    test.wall.advance(16 * 60_000);
    expect(ask().status).toBe(200);
    expect(opened).toBe(2);
  });

  it("that a broken database cannot answer are refused, and nothing else is", () => {
    const broken: OpenQueries = (done) => {
      const store = new MemoryQueries();
      store.facts = (_, answer) => answer({ kind: "error", error: new Error("gone") });
      done({ kind: "ok", value: store });
    };
    const test = new TestStation({ more: { queries: broken } });
    const cookie = test.login("supervisor");
    expect(test.get("/api/v1/records?type=x", cookie).status).toBe(503);
    expect(test.get("/api/v1/records?from=1", cookie).status).toBe(200);
    expect(test.get("/readyz").status).toBe(200);
  });
});
