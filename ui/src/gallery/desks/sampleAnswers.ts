import type { CityFile } from "@outrider/contract";
import { sampleFacts, sampleOfficer, samplePublic } from "./sampleDocuments.js";

type Fetch = typeof globalThis.fetch;

/** Answers of the station to the desks' reads, as fixed data; everything else goes to the page's own files. */
export function sampleAnswers(next: Fetch, city: CityFile, nowMs: number): Fetch {
  const json = (body: unknown, status = 200): Response =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
  return async (input, init) => {
    const path = new URL(String(input), location.href).pathname;
    if (!path.startsWith("/api/v1/")) return next(input, init);
    const at = path.slice("/api/v1".length);
    if (at.endsWith("/advice-draft"))
      return json({
        text: "Two casings, north-west corner of Haight & Masonic. Silver sedan left west on Haight, one person seen. Plate not confirmed.",
        units: ["3A12", "3A21"],
        source: "Seen by OSPREY at 21:16:10, confirmed by you",
      });
    if (at.endsWith("/ground"))
      return json({
        point: { latDeg: 37.77012, lonDeg: -122.4462 },
        error: { semiMajorM: 3.4, semiMinorM: 2, bearingDeg: 20 },
        label: "Haight St at Masonic",
      });
    if (at === "/city") return json(city);
    return (
      sampleMore(at, nowMs, json) ??
      json({ type: "about:blank", title: "Not in this sample", status: 404, detail: "" }, 404)
    );
  };
}

function sampleMore(path: string, nowMs: number, json: (body: unknown) => Response): Response | undefined {
  if (path.startsWith("/public/")) return json(samplePublic(path, nowMs));
  if (path === "/officer/view") return json(sampleOfficer(nowMs));
  if (path === "/records/verify") return json({ kind: "ok", count: 214_882, headHash: "x" });
  if (path === "/runs")
    return json({
      current: { startedMs: nowMs - 768_000 },
      past: [{ runId: "run-2", scenario: "two-calls", fromSeq: 10, toSeq: 14 }],
    });
  if (path === "/replay") return json({ facts: sampleFacts(nowMs) });
  if (path === "/records")
    return json({
      facts: sampleFacts(nowMs).map((fact, i) => ({
        fact,
        hash: `${(i * 7919 + 40_351).toString(16)}aa6c0d5f1b2e90a74c11d89b3355b2fe0a9c87a1d0be4467127d5407f${i}`,
      })),
    });
  return undefined;
}
