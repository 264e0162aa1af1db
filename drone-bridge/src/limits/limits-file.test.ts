import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readBridgeLimits } from "@outrider/contract";
import { describe, expect, it } from "vitest";

const yaml = readFileSync(fileURLToPath(new URL("../../../bridge-limits.yaml", import.meta.url)), "utf8");
const problems = (text: string): string[] => {
  const read = readBridgeLimits("bridge-limits.yaml", text);
  return read.kind === "ok" ? [] : read.problems.map((one) => `${one.line} ${one.field}: ${one.problem}`);
};
const lineOf = (text: string): number => yaml.split("\n").findIndex((line) => line.includes(text)) + 1;

describe("the limits file", () => {
  it("of the demonstration reads", () => {
    expect(problems(yaml)).toEqual([]);
  });

  it("is refused with file, line and field for whatever is wrong in it", () => {
    expect(problems(yaml.replace("maxAglM: 125", "maxAglM: high"))[0]).toContain(
      `${lineOf("maxAglM")} volume.maxAglM:`,
    );
    expect(problems(yaml.replace("minAglM: 15", "minAglM: 1"))[0]).toContain("volume.minAglM");
    expect(problems(yaml.replace("maxAmslM: 460", "maxAmslM: -10"))[0]).toContain("below the lowest ground");
    expect(problems(yaml.replace("orders:", "order:")).join()).toContain("orders");
    expect(problems(yaml.replace("closeDock", "forceArm"))[0]).toContain(`${lineOf("disarmed")} verbs.disarmed.1`);
    expect(problems("volume: [")[0]).toContain("(yaml)");
    expect(problems("")[0]).toContain("(whole file)");
  });
});
