import { readFileSync } from "node:fs";
import { readConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { bench } from "../testing/index.js";

const text = readFileSync(new URL("../../../outrider.yaml", import.meta.url), "utf8");
const link = "- { kind: replay, file: flight.tlog, rate: 4 }";

function problems(links: string, provenance = "sim"): string[] {
  const edited = text
    .replace("- { kind: udp-server, port: 14550 }", links)
    .replace("provenance: sim", `provenance: ${provenance}`);
  const read = readConfig("outrider.yaml", edited);
  return read.kind === "ok" ? [] : read.problems.map((each) => `${each.field}: ${each.problem}`);
}

describe("a link that plays a recording", () => {
  it("is taken where it is alone and nothing is live", () => {
    expect(problems(link)).toEqual([]);
  });

  it("is refused at a live site, beside another link, and beside a forward", () => {
    expect(problems(link, "live").join()).toContain("bridge.links.0.kind: a recording is played only where");
    expect(problems(`${link}\n    - { kind: udp-server, port: 14550 }`).join()).toContain("is the only link");
    expect(problems(`${link}\n  forward:\n    - { kind: udp-server, port: 14600 }`).join()).toContain("not forwarded");
  });

  it("does not start in a bridge that somebody made without that check", () => {
    const b = bench({ config: { provenance: "live", links: [{ kind: "replay", file: "a" }] } });
    expect(b.problems.join()).toContain("a recording is played only where site.provenance is sim");
    expect(b.station.facts()).toEqual([]);
  });
});
