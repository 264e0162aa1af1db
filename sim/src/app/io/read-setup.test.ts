import type { config } from "@outrider/contract";
import { expect, it } from "vitest";
import { besideFile } from "./read-setup.js";

const secret = { file: "data/keys/a" };
const point = { latDeg: 1, lonDeg: 2 };

it("reads city and keys beside the configuration, wherever the process was started", () => {
  const read = besideFile("/etc/outrider", {
    site: { city: "data/city.json" },
    bridge: { token: secret },
    sim: { token: { env: "SIM" } },
    sources: [{ key: { file: "/var/key" } }],
    cameras: [{ point, login: { user: "a", password: secret } }],
    // Only the members that name files: the others pass through untouched.
  } as unknown as ReturnType<typeof config.parse>);
  expect(read.site.city).toBe("/etc/outrider/data/city.json");
  expect(read.bridge.token).toEqual({ file: "/etc/outrider/data/keys/a" });
  expect(read.sim?.token).toEqual({ env: "SIM" });
  expect(read.sources[0]?.key).toEqual({ file: "/var/key" });
  expect(read.cameras[0]?.login?.password).toEqual({ file: "/etc/outrider/data/keys/a" });
});
