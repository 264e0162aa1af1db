import { readFileSync } from "node:fs";
import type { Chance } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { generateCity } from "../city/index.js";
import type { Vehicle } from "../traffic/index.js";
import { type ReaderFormat, readerFormats } from "./reader-formats.js";
import { ReaderPosts } from "./reader-posts.js";
import { RunChance } from "./run-chance.js";

const world = worldFromCity(generateCity(3));
const noonMs = Date.UTC(2026, 5, 21, 19, 0, 0);
const source = (sourceId: string) => ({ sourceId, keyId: "1", keyHex: "00" });
const looks = { plate: "7KBM042", state: "us-ca", make: "honda", model: "accord", color: "silver", body: "sedan" };
const reader = {
  ...{ cameraId: "reader-07", name: "R", kind: "reader" as const, point: world.frame.toGeo({ eastM: 0, northM: 0 }) },
  ...{ heightAglM: 5, azimuthDeg: 0, pitchDeg: -8, hfovDeg: 34, rangeM: 45, shared: true, ptz: false },
};

function bench(format: ReaderFormat) {
  let named = 0;
  const names: Chance = {
    unit: () => 0.5,
    bytes: (count) => new Uint8Array(count).fill(++named),
    id: (prefix) => `${prefix}_${++named}`,
  };
  const chance = new RunChance(names, 3, 42);
  const posts: { path: string; document: unknown; sourceId: string }[] = [];
  // Only what reader posts ask of a poster.
  const poster = {
    post: (path: string, document: unknown, { sourceId }: { sourceId: string }) =>
      posts.push({ path, document, sourceId }),
  } as unknown as ConstructorParameters<typeof ReaderPosts>[0]["poster"];
  const readers = new ReaderPosts({
    readers: [reader],
    world,
    chance,
    poster,
    keys: { readers: source("demo-readers"), readersOf: new Map([["reader-07", { format, key: source("other") }]]) },
    errors: { alpr: { bestShare: 0, worstShare: 0 } },
    crop: (_plate, done) => done("aGk="),
  });
  let nowMs = noonMs;
  const pass = (driver: "civil" | "sought"): void => {
    nowMs += 1_000;
    // Only what a reader sees of a car.
    const seen = { vehicleId: `v${++named}`, looks, sought: driver === "sought", speedMps: 9, headingDeg: 0 };
    const vehicle = { ...seen, eastM: 0, northM: 25 } as unknown as Vehicle;
    readers.step([vehicle], nowMs);
  };
  return { readers, posts, pass };
}

/** Every field by its path and type; of lists, of what stands in them. */
function shape(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => shape(one, `${at}[]`));
  if (typeof value !== "object" || value === null) return [`${at}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, one]) => shape(one, `${at}.${key}`));
}
const exampleOf = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../docs/examples/${file}`, import.meta.url), "utf8"));

describe("a plate reader of the simulator", () => {
  for (const [format, file] of [
    ["rekor", "rekor-read.json"],
    ["plateRecognizer", "plate-recognizer-read.json"],
    ["flock", "flock-alert.json"],
  ] as const)
    it(`posts ${format} as its source would: no field that docs/examples/${file} has not, which the station's tests post`, () => {
      const { posts, pass } = bench(format);
      for (let n = 0; n < 20; n++) pass("sought");
      const known = new Set([...shape(exampleOf(file)), ".best_plate.plate_crop_jpeg: string"]);
      for (const { path, document, sourceId } of posts) {
        expect([path, sourceId]).toEqual([readerFormats[format].path, "other"]);
        expect(shape(document).filter((field) => !known.has(field))).toEqual([]);
      }
      expect(posts).toHaveLength(20);
      expect(new Set(posts.map(({ document }) => JSON.stringify(document))).size).toBe(20);
    });

  it("of a network that tells of matches alone posts no other car, and no match where it misread the plate", () => {
    const { readers, posts, pass } = bench("flock");
    pass("civil");
    readers.misread = true;
    pass("sought");
    expect(posts).toEqual([]);
    readers.misread = false;
    pass("sought");
    expect(posts[0]?.document).toMatchObject({
      deviceName: "reader-07",
      ocr: { label: "7KBM042", state: "california" },
    });
  });

  it("is wrong about looks now and then, whatever the vendor", () => {
    const { posts, pass } = bench("plateRecognizer");
    for (let n = 0; n < 60; n++) pass("civil");
    const all = JSON.stringify(posts);
    expect(all.match(/"color":"silver"/g)?.length).toBeLessThan(60);
    expect(all).toMatch(/"color":"(gray|white)"/);
    expect(all).toContain('"model_make":[]');
  });
});
