import type { CityFile } from "@outrider/contract";

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
    if (at === "/public/city") return json(city);
    return (
      sampleMore(at, nowMs, json) ??
      json({ type: "about:blank", title: "Not in this sample", status: 404, detail: "" }, 404)
    );
  };
}

function sampleMore(_path: string, _nowMs: number, _json: (body: unknown) => Response): Response | undefined {
  return undefined;
}
