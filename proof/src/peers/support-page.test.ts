import { readFileSync } from "node:fs";
import { support } from "@outrider/drone-bridge";
import { describe, expect, it } from "vitest";
import { withSupport } from "./support-page.js";

const page = readFileSync(new URL("../../../docs/mavlink.md", import.meta.url), "utf8");

describe("docs/mavlink.md", () => {
  it("holds the table of support that the code has (else run node proof/dist/peers/io/support-page.js)", () => {
    expect(withSupport(page, support)).toBe(page);
  });

  it("says a limit wherever something is not spoken, and names no message twice in a service", () => {
    for (const row of support) if (row.px4 === "no") expect(row.note).not.toBe("");
    const names = support.map(({ service, item, way }) => `${service} ${item} ${way}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
