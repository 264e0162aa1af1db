import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";

const yaml = readFileSync(fileURLToPath(new URL("../../../outrider.yaml", import.meta.url)), "utf8");
const allow = "  allowForeignStation: false\n";

/** Problems of the demonstration's file with these lines in its bridge section. */
function problems(lines: string, foreign = false): string[] {
  const text = yaml.replace(allow, `${foreign ? allow.replace("false", "true") : allow}${lines}`);
  const read = readConfig("outrider.yaml", text);
  return read.kind === "ok" ? [] : read.problems.map(({ field, problem }) => `${field}: ${problem}`);
}

const forward = (entry: string): string => `  forward:\n    - ${entry}\n`;

describe("forwarding endpoints", () => {
  it("may be left out, and read only as they come", () => {
    expect(problems("")).toEqual([]);
    expect(problems(forward("{ kind: udp-server, port: 14600 }"))).toEqual([]);
    expect(problems(forward("{ kind: serial, path: /dev/serial/by-id/x, baud: 57600, flowControl: true }"))).toEqual(
      [],
    );
  });

  it("let another station act only where the site allows one", () => {
    const acting = forward("{ kind: udp-server, port: 14600, allow: [reading, COMMAND_LONG] }");
    expect(problems(acting)).toEqual([
      expect.stringMatching(/^bridge\.forward\.0\.allow: COMMAND_LONG would let another/),
    ]);
    expect(problems(acting, true)).toEqual([]);
  });

  it.each([
    ["{ kind: udp-server, port: 14550 }", "bridge.forward.0.port: UDP port 14550 is used by bridge.links.0"],
    ["{ kind: udp-server, port: 99999 }", "bridge.forward.0.port: "],
    ["{ kind: udp-server }", "bridge.forward.0.port: "],
    ["{ kind: carrier-pigeon, port: 1 }", "bridge.forward.0.kind: "],
    ["{ kind: udp-server, port: 14600, allow: [commands] }", 'bridge.forward.0.allow.0: is "reading", "everything"'],
    ["{ kind: udp-server, port: 14600, alow: [reading] }", "bridge.forward.0: "],
    ["{ kind: udp-server, port: 14600, aircraft: [] }", "bridge.forward.0.aircraft: "],
  ])("are refused with the field named: %s", (entry, words) => {
    expect(problems(forward(entry)).join("\n")).toContain(words);
  });
});
