import { describe, expect, it } from "vitest";
import { holds, missed } from "./bars.js";
import { reportEnd, reportStart, withReport } from "./report.js";

const machine = { cores: 2, cpu: "x", node: "20", system: "Linux" };
const good = { bench: "fanout", metrics: { cpu_ratio: 0.04, bytes_ratio: 0.1, stalled_ticks: 1 }, notes: ["peer ws"] };

describe("bars", () => {
  it("let through what holds and name what is missed", () => {
    expect(missed(good)).toEqual([]);
    expect(missed({ ...good, metrics: { ...good.metrics, cpu_ratio: 0.06 } })).toEqual([
      "fanout cpu_ratio is 0.06, bar ≤ 0.05",
    ]);
  });
  it("are missed by a figure that was not measured", () => {
    expect(missed({ bench: "fanout", metrics: {}, notes: [] })).toHaveLength(3);
    expect(holds({ bench: "a", metric: "b", must: "atMost", value: 1 }, Number.NaN)).toBe(false);
  });
});

describe("the report", () => {
  it("replaces only what stands between its markers", () => {
    const text = `# Benchmarks\n\nbefore\n\n${reportStart}\nstale\n${reportEnd}\n\nafter\n`;
    const out = withReport(text, [good], machine, "2026-01-02");
    expect(out).not.toContain("stale");
    expect(out).toContain("| `cpu_ratio` | 0.04 | ≤ 0.05 | holds |");
    expect(out.startsWith("# Benchmarks\n\nbefore\n")).toBe(true);
    expect(out.endsWith("\n\nafter\n")).toBe(true);
    expect(withReport(out, [good], machine, "2026-01-02")).toBe(out);
  });
  it("is added where there is none yet", () => {
    expect(withReport("# Benchmarks\n", [good], machine, "2026-01-02")).toContain(reportStart);
  });
});
