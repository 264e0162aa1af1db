import { describe, expect, it } from "vitest";
import { px4Wanted, simWords } from "./px4-words.js";

const ok = (...words: string[]) => {
  const read = simWords(words);
  if (read.kind === "bad") throw new Error(read.problem);
  return read;
};

describe("words after npm run sim", () => {
  it("without any change nothing: the configuration says who flies", () => {
    expect(ok()).toEqual({ kind: "ok", configFile: undefined, autopilot: undefined, px4: {} });
    expect(px4Wanted(ok("other.yaml"), undefined)).toBeUndefined();
    expect(px4Wanted(ok(), { bin: "/usr/bin/px4" })).toEqual({ bin: "/usr/bin/px4" });
  });

  it("name a PX4 to start, over what the configuration says", () => {
    const words = ok("--autopilot", "px4-hil", "--px4-bin", "/opt/px4", "--px4-etc", "/opt/etc", "site.yaml");
    expect(words.configFile).toBe("site.yaml");
    expect(px4Wanted(words, { bin: "/usr/bin/px4", folder: "x" })).toEqual({
      bin: "/opt/px4",
      etc: "/opt/etc",
      folder: "x",
    });
  });

  it("name an address for PX4s that are started elsewhere, and who flies by PX4", () => {
    expect(px4Wanted(ok("--px4", "tcp:0.0.0.0:4560", "--px4-aircraft", "OSPREY, HERON"), undefined)).toEqual({
      listen: { host: "0.0.0.0", port: 4560 },
      aircraft: ["OSPREY", "HERON"],
    });
  });

  it("give the simulator's own autopilot back", () => {
    expect(px4Wanted(ok("--autopilot", "own"), { bin: "/usr/bin/px4" })).toBeUndefined();
  });

  it.each([
    [["--autopilot", "ardupilot"], "known are own and px4-hil"],
    [["--px4", "udp:1.2.3.4:5"], "must look like tcp:"],
    [["--px4-bin"], "needs a value"],
    [["--px4-bin", "--px4"], "needs a value"],
    [["a.yaml", "b.yaml"], "two configurations"],
    [["--speed", "4"], "unknown --speed"],
    [["--autopilot", "own", "--px4-bin", "x"], "no PX4"],
  ])("refuse %j with a sentence that says why", (words, why) => {
    const read = simWords(words);
    expect(read.kind === "bad" ? read.problem : "").toContain(why);
  });
});
