import type { Chance, GeoPoint } from "@outrider/contract";

/** Inside the demonstration's fence, with room to its edges. */
const box = { southDeg: 37.7602, northDeg: 37.7772, westDeg: -122.4608, eastDeg: -122.4338 };

/** Places on a grid that fills the site, in seeded order: far enough apart that no two alerts are one incident. */
export function farApart(count: number, chance: Chance): readonly GeoPoint[] {
  const rows = Math.ceil(Math.sqrt(count * 0.8));
  const columns = Math.ceil(count / rows);
  const places = Array.from({ length: rows * columns }, (_, i) => ({
    latDeg: box.southDeg + ((box.northDeg - box.southDeg) * (Math.floor(i / columns) + 0.5)) / rows,
    lonDeg: box.westDeg + ((box.eastDeg - box.westDeg) * ((i % columns) + 0.5)) / columns,
  }));
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(chance.unit() * (i + 1));
    const [a, b] = [places[i], places[j]];
    if (a !== undefined && b !== undefined) [places[i], places[j]] = [b, a];
  }
  return places.slice(0, count);
}

/**
 * The demonstration for the launch bench: calls and shots alike wait for the pilot, docks are pads (a door takes
 * seconds that are not the software's), no exclusion zone makes a place impossible, and one more source may post
 * alerts of our own form.
 */
export function launchYaml(yaml: string): string {
  const source = [
    "sources:",
    "  - { sourceId: bench-cad, kind: native, key: { file: KEYFILE }, auth: hmac, provenance: sim, perMinute: 60000 }",
  ].join("\n");
  const key = /file: (\S+demo-cad\.key)/.exec(yaml)?.[1] ?? "";
  return yaml
    .replace(/ {2}exclusionZones:\n(?: {4}.*\n)+/, "  exclusionZones: []\n")
    .replace("sources:", source.replace("KEYFILE", key))
    .replace("policy: { kind: veto, seconds: 5 }", "policy: { kind: approve, seconds: 60 }")
    .replaceAll("type: dock }", "type: pad }")
    .replace("mergeWithinM: 150", "mergeWithinM: 50")
    .replace("mergeWithinS: 120", "mergeWithinS: 30");
}
