import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "@outrider/contract";
import { expect, it } from "vitest";
import { px4FleetYaml, px4Uid } from "./px4-fleet.js";

const yaml = readFileSync(fileURLToPath(new URL("../../../outrider.yaml", import.meta.url)), "utf8");

function read(text: string) {
  const result = readConfig("outrider.px4.yaml", text);
  if (result.kind === "bad") throw new Error(JSON.stringify(result.problems));
  return result.config;
}

it.each([1, 2, 3])("makes a valid configuration of %i real PX4s in our physics", (aircraft) => {
  const config = read(px4FleetYaml(yaml, { physics: "ours", aircraft, px4: "{ bin: /usr/bin/px4 }" }));
  expect(config.aircraft.map((one) => one.uid)).toEqual(Array.from({ length: aircraft }, (_, i) => px4Uid(i)));
  expect(config.sim?.px4).toEqual({ bin: "/usr/bin/px4", radio: 14_550 });
  const links = config.bridge.links.flatMap((link) => (link.kind === "udp-server" ? [link.port] : []));
  expect([config.listen.mavlinkUdp, ...links]).toEqual([14_650, 14_650]);
  expect(config.sim?.enabled).toBe(true);
  expect(config.aircraftTypes["q38"]?.gimbal).not.toBe(false);
  expect(config.docks.map((dock) => dock.type)).toContain("dock");
});

it.each([1, 2, 3])("makes a valid configuration of %i real PX4s in their own physics", (aircraft) => {
  const config = read(px4FleetYaml(yaml, { physics: "own", aircraft }));
  expect(config.aircraft.length).toBe(aircraft);
  expect(config.sim?.enabled).toBe(false);
  expect(config.aircraftTypes["q38"]?.gimbal).toBe(false);
  expect(new Set(config.docks.map((dock) => dock.type))).toEqual(new Set(["pad"]));
});

it("says so where it cannot", () => {
  expect(() => px4FleetYaml(yaml, { physics: "own", aircraft: 9 })).toThrow("9 wanted");
  expect(() => px4FleetYaml(yaml.replace("enabled: true", "enabled: false"), { physics: "ours", aircraft: 1 })).toThrow(
    "no line sim:",
  );
});
