import { readFileSync } from "node:fs";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { SeededChance } from "../../storm/seeded-chance.js";
import { farApart, launchYaml } from "./far-apart.js";

const demo = readFileSync(new URL("../../../../outrider.yaml", import.meta.url), "utf8");

describe("the incidents of the launch bench", () => {
  it("are as many as asked, the same for a seed, and no two within 100 m", () => {
    const places = farApart(200, new SeededChance(1));
    expect(places).toHaveLength(200);
    expect(farApart(200, new SeededChance(1))).toEqual(places);
    const frame = localFrame(places[0] ?? { latDeg: 0, lonDeg: 0 });
    const local = places.map((place) => frame.toLocal(place));
    for (const [i, a] of local.entries())
      for (const b of local.slice(i + 1))
        expect(Math.hypot(a.eastM - b.eastM, a.northM - b.northM)).toBeGreaterThan(100);
  });
  it("find the lines of the demonstration's configuration that they change", () => {
    const yaml = launchYaml(demo);
    expect(yaml).toContain("bench-cad");
    expect(yaml).toContain("key: { file: data/keys/demo-cad.key }, auth: hmac, provenance: sim, perMinute: 60000");
    expect(yaml).not.toContain("veto");
    expect(yaml).not.toContain("type: dock }");
    expect(yaml).toContain("mergeWithinM: 50");
    expect(yaml).toContain("exclusionZones: []\n  jurisdiction:");
  });
});
