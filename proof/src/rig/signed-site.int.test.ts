import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { bridgeFacts } from "./io/bridge-facts.js";
import { DemoRig, until } from "./io/demo-rig.js";

describe("a site whose aircraft must sign", () => {
  const rigs: DemoRig[] = [];
  afterEach(async () => {
    for (const rig of rigs.splice(0)) {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    }
  });

  it("hears its aircraft as signed, and nothing of them once they have another key", { timeout: 120_000 }, async () => {
    const rig = await DemoRig.make({
      edit: (yaml) =>
        yaml.replace(
          "allowForeignStation: false",
          "allowForeignStation: false\n  signing: { policy: required, key: { file: keys/mavlink.key } }",
        ),
    });
    rigs.push(rig);
    const key = join(rig.folder, "keys/mavlink.key");
    writeFileSync(key, randomBytes(32).toString("hex"), { mode: 0o600 });
    rig.startAll();
    await rig.ready(60_000);
    const journal = join(rig.folder, "bridge/journal.ndjson");
    await until("all aircraft are identified", 40_000, () => bridgeFacts(rig, "AircraftIdentified").length >= 3);
    for (const { data } of bridgeFacts(rig, "AircraftIdentified")) expect(data).toMatchObject({ signedLink: true });
    expect(rig.log("drone-bridge")).not.toContain(readFileSync(key, "utf8"));
    expect(readFileSync(journal, "utf8")).not.toContain(readFileSync(key, "utf8"));

    rig.kill("sim");
    writeFileSync(key, randomBytes(32).toString("hex"), { mode: 0o600 });
    rig.start("sim");
    await until("the forged frames are told", 30_000, () => /forged/.test(rig.log("drone-bridge")));
    // Long enough to be identified, had they been heard: that took them less from the start of everything.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect(bridgeFacts(rig, "LinkBack")).toHaveLength(0);
    expect(bridgeFacts(rig, "AircraftIdentified")).toHaveLength(3);
    expect(rig.log("drone-bridge")).not.toContain("not on disk");
  });
});
