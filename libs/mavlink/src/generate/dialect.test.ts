import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { crcExtraOf } from "./crc-extra.js";
import { dialectFiles, dialectMessages } from "./dialect-files.js";
import { fieldName } from "./field-name.js";

test("the committed dialect is what the generator writes", () => {
  for (const [name, source] of dialectFiles()) {
    const committed = readFileSync(new URL(`../generated/${name}`, import.meta.url), "utf8");
    expect(committed === source, `${name} is stale: build and run dist/generate/io/main.js`).toBe(true);
  }
});

test("CRC_EXTRA of every message follows from its fields", () => {
  const wrong = dialectMessages().filter((m) => crcExtraOf(m.name, m.fields) !== m.crcExtra);
  expect(wrong.map((m) => m.name)).toEqual([]);
});

test("the supplement has the lengths and CRC_EXTRAs that the C library has", () => {
  const facts = dialectMessages()
    .filter((m) => m.id === 80 || m.id === 390 || (m.id >= 410 && m.id <= 413))
    .map((m) => [m.id, m.crcExtra, m.minLength, m.maxLength]);
  expect(facts).toEqual([
    [80, 14, 4, 4],
    [390, 156, 238, 240],
    [410, 160, 53, 53],
    [411, 106, 3, 3],
    [412, 33, 6, 6],
    [413, 77, 7, 7],
  ]);
});

test("fields lie one behind the other, and no message names two fields alike", () => {
  for (const m of dialectMessages()) {
    let end = 0;
    for (const field of m.fields) {
      expect([m.name, field.name, field.offset]).toEqual([m.name, field.name, end]);
      end += field.size * Math.max(1, field.arrayLength);
    }
    expect([m.name, end]).toEqual([m.name, m.maxLength]);
    expect(new Set([...m.fields.map((f) => f.name), "name"]).size).toBe(m.fields.length + 1);
  }
});

test("field names are lowerCamelCase and leave name free", () => {
  expect(["custom_mode", "ICAO_address", "relative_alt", "Vcc", "P", "name"].map(fieldName)).toEqual([
    "customMode",
    "icaoAddress",
    "relativeAlt",
    "vcc",
    "p",
    "nameText",
  ]);
});
