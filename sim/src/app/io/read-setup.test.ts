import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { config } from "@outrider/contract";
import { siteConfig } from "@outrider/contract/testing";
import { expect, it, vi } from "vitest";
import { besideFile, configFrom, readerSenders } from "./read-setup.js";

const secret = { file: "data/keys/a" };
const point = { latDeg: 1, lonDeg: 2 };
const square = [
  { latDeg: 0, lonDeg: 0 },
  { latDeg: 0.1, lonDeg: 0 },
  { latDeg: 0.1, lonDeg: 0.1 },
  { latDeg: 0, lonDeg: 0.1 },
];

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

it.each([
  ["live", true, "a live site never meets it"],
  ["sim", false, "a live site never meets it"],
  ["sim", true, undefined],
] as const)("starts beside no live site: provenance %s, sim.enabled %s", (provenance, enabled, refusal) => {
  const folder = mkdtempSync(join(tmpdir(), "outrider-setup-"));
  const file = join(folder, "outrider.yaml");
  const base = siteConfig(square);
  writeFileSync(file, JSON.stringify({ ...base, site: { ...base.site, provenance }, sim: { ...base.sim, enabled } }));
  const said: string[] = [];
  const say = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const log = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  try {
    if (refusal === undefined) expect(configFrom(file).site.provenance).toBe("sim");
    else expect(() => configFrom(file)).toThrow("exit 2");
  } finally {
    for (const spy of [say, log, exit]) spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(said.join("")).toContain(refusal ?? "");
});

it("lets a reader post as the source that is named for it, in the words of its kind, and stops at a name that means nothing", () => {
  const base = siteConfig(square);
  const sources = [
    { sourceId: "stream", kind: "alpr/plate-recognizer", key: { env: "READER_KEY" } },
    { sourceId: "cad", kind: "eido", key: { env: "READER_KEY" } },
  ];
  const cameras = [{ cameraId: "reader-1", kind: "reader" }];
  // Only the members that are read here.
  const wanted = (readers: Record<string, string>) =>
    ({ ...base, sources, cameras, sim: { sensors: { readers } } }) as unknown as ReturnType<typeof config.parse>;
  vi.stubEnv("READER_KEY", "00ff");
  const said = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  const log = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  try {
    const key = { sourceId: "stream", keyId: "1", keyHex: "00ff" };
    expect([...readerSenders(wanted({ "reader-1": "stream" }))]).toEqual([
      ["reader-1", { format: "plateRecognizer", key }],
    ]);
    for (const wrong of [{ "reader-2": "stream" }, { "reader-1": "cad" }, { "reader-1": "nobody" }])
      expect(() => readerSenders(wanted(wrong))).toThrow("exit 2");
  } finally {
    for (const spy of [said, log, exit]) spy.mockRestore();
    vi.unstubAllEnvs();
  }
});
