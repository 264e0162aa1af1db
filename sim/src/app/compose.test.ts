import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { px4StartParameters } from "../hil/index.js";
import { simWords } from "./px4-words.js";

const root = new URL("../../../", import.meta.url);
const text = (name: string): string => readFileSync(fileURLToPath(new URL(name, root)), "utf8");

/** The part of the Compose specification that the file uses; a word beyond it is a slip. */
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string() }).optional(),
  network_mode: z.literal("host"),
  init: z.boolean(),
  profiles: z.array(z.enum(["own", "hil"])).min(1),
  volumes: z.array(z.string().regex(/^\w+:\/app\/data\/\w+$/)).optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.literal("service_completed_successfully") }))
    .optional(),
  command: z.array(z.string()).min(1),
  // A number or a bare word like `on` would be changed by YAML before Compose sees it.
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()).optional(),
});
const compose = z.object({
  name: z.string(),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});

const file = compose.parse(parse(text("docker-compose.sim.yml"), { merge: true, uniqueKeys: true }));
const services = Object.entries(file.services);
const px4s = (profile: "own" | "hil") =>
  services.filter(([, one]) => one.image.startsWith("px4io/") && one.profiles.includes(profile)).map(([, one]) => one);
const demo = readConfig("outrider.yaml", text("outrider.yaml"));
if (demo.kind === "bad") throw new Error(JSON.stringify(demo.problems));
const { config } = demo;
const wantedAircraft = Number(/^ARG AIRCRAFT=(\d+)$/m.exec(text("Dockerfile"))?.[1]);

describe("docker-compose.sim.yml", () => {
  it.each(["own", "hil"] as const)("has in profile %s one PX4 for each aircraft, numbered from 0", (profile) => {
    const numbers = px4s(profile).map((one) => one.command.join(" "));
    expect(numbers).toEqual(Array.from({ length: wantedAircraft }, (_, i) => `-d -i ${i}`));
    expect(wantedAircraft).toBeLessThanOrEqual(config.aircraft.length);
  });

  it("stands each PX4 of its own physics on the dock of its aircraft", () => {
    for (const [i, px4] of px4s("own").entries()) {
      const dock = config.docks.find((one) => one.dockId === config.aircraft[i]?.dockId);
      expect(Number(px4.environment?.["PX4_HOME_LAT"])).toBe(dock?.point.latDeg);
      expect(Number(px4.environment?.["PX4_HOME_LON"])).toBe(dock?.point.lonDeg);
      expect(Number(px4.environment?.["PX4_HOME_ALT"])).toBeGreaterThan(50);
      expect(px4.environment?.["PX4_SIM_MODEL"]).toBe("sihsim_quadx");
    }
  });

  it("starts each PX4 of our physics with what our physics needs", () => {
    const wanted = Object.entries(px4StartParameters()).map(([name, value]) => [`PX4_PARAM_${name}`, String(value)]);
    for (const px4 of px4s("hil")) {
      expect(px4.environment).toMatchObject(Object.fromEntries(wanted));
      expect(px4.environment?.["PX4_SIM_MODEL"]).toBe("none_iris");
    }
  });

  it("starts the simulator with words that it understands, where PX4 connects", () => {
    const [, , ...words] = file.services["sim"]?.command ?? [];
    const read = simWords(words);
    expect(read).toMatchObject({ kind: "ok", px4: { listen: { host: "127.0.0.1", port: 4560 } } });
    for (const px4 of px4s("hil")) expect(px4.environment?.["PX4_SIM_HOST_ADDR"]).toBe("127.0.0.1");
  });

  it("listens where PX4 sends: the demonstration's port is PX4's own", () => {
    expect(config.bridge.links).toEqual([{ kind: "udp-server", port: 14_550 }]);
    expect(config.listen.host).toBe("127.0.0.1");
  });

  it("runs our parts only after the keys are made, from configurations that the image holds", () => {
    const image = text("Dockerfile");
    for (const [name, one] of services) {
      if (one.image.startsWith("px4io/") || name === "keys") continue;
      expect(one.depends_on).toHaveProperty("keys");
      const wanted = one.command.find((word) => word.endsWith(".yaml")) ?? "";
      expect(image).toContain(` ${wanted}`);
      expect(wanted).toBe(`outrider.px4-${one.profiles[0]}.yaml`);
    }
  });

  it("declares every volume that it mounts, and keeps keys out of the image", () => {
    const mounted = services.flatMap(([, one]) => one.volumes ?? []).map((volume) => volume.split(":")[0]);
    expect(new Set(mounted)).toEqual(new Set(Object.keys(file.volumes)));
    expect(text("Dockerfile")).toContain("rm -rf data/keys");
    expect(text(".dockerignore").split("\n")).toContain("data");
  });
});
