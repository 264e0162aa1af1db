import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formBoundary, readForm } from "./multipart.js";
import { Desk, jpegBase64, listText } from "./testing/desk.js";

const incident = (): Desk => {
  const desk = new Desk();
  desk.openIncident();
  desk.clock.advance(40_000);
  return desk;
};
/** An example as an installation would post it: of its own reader, now. */
const example = (desk: Desk, file: string): string => {
  const now = new Date(desk.clock.nowMs()).toISOString();
  return readFileSync(new URL(`../../../docs/examples/${file}`, import.meta.url), "utf8")
    .replaceAll("reader-07", "reader-101")
    .replaceAll(/2026-11-22T21:14:[0-9.]+Z/g, now)
    .replaceAll("1795382206000", String(desk.clock.nowMs()));
};
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const jpeg = atob(jpegBase64);
const form = (...parts: readonly [head: string, body: string][]): Uint8Array =>
  bytes(`${parts.map(([head, body]) => `--XX\r\n${head}\r\n\r\n${body}\r\n`).join("")}--XX--\r\n`);
const jsonHead = 'Content-Disposition: form-data; name="json"';
const fileHead = 'Content-Disposition: form-data; name="upload"; filename="image.jpg"\r\nContent-Type: image/jpeg';
const formType = "multipart/form-data; boundary=XX";

const vendors = [
  ["/intake/alpr/rekor", "readers", "rekor-read.json"],
  ["/intake/alpr/plate-recognizer", "stream", "plate-recognizer-read.json"],
  ["/intake/alpr/flock", "flock", "flock-alert.json"],
] as const;

describe("reads in vendors' own words", () => {
  for (const [path, source, file] of vendors) {
    it(`are taken as docs/examples/${file} has them, told twice as one, from their own source alone`, () => {
      const desk = incident();
      const body = example(desk, file);
      expect(desk.post(path, source, body)).toMatchObject({ status: 202, body: { reads: [{ state: "stored" }] } });
      expect(desk.post(path, source, body)).toMatchObject({ body: { reads: [{ state: "known" }] } });
      const hits = desk.ofType("HitFound");
      expect(hits).toHaveLength(1);
      expect(hits[0]?.data).toMatchObject({ plateRead: "7KBM042", level: "exact", list: "stolen list" });
      expect(hits[0]?.data.checks[1]).toMatchObject({ name: "State", state: "pass" });
      for (const other of ["readers", "stream", "flock", "stranger"])
        if (other !== source) expect(desk.post(path, other, body).status).toBe(401);
    });

    it(`are refused and counted, never quoted, where ${file} is spoilt`, () => {
      const desk = incident();
      const body = example(desk, file);
      expect(desk.post(path, source, body, "text/plain").status).toBe(415);
      expect(desk.post(path, source, body.slice(0, -20)).status).toBe(400);
      expect(desk.post(path, source, "{}").status).toBe(422);
      expect(desk.post(path, source, body.replaceAll("reader-101", "reader-999").replaceAll("107", "999")).status).toBe(
        404,
      );
      expect(desk.ofType("HitFound")).toHaveLength(0);
      const said = JSON.stringify([desk.ofType("IntakeRefused"), desk.counted]);
      expect(said).not.toMatch(/7kbm042/i);
      expect(desk.counted.filter((one) => one.startsWith("reads_refused"))).toHaveLength(4);
    });

    // Rekor's flood stands in intake.test.ts.
    if (source === "readers") continue;
    it(`of a flood in the words of ${file} are stored, told once, and raise few cards`, () => {
      const rows = Array.from({ length: 20 }, (_, n) => `7KBM${100 + n},CA,Stolen,26-1,T,high,2026-01-01,P9D,,,,,,`);
      const desk = new Desk({ list: [listText, ...rows].join("\n") });
      const send = (n: number, plate: string): void => {
        const body = example(desk, file)
          .replaceAll(/7kbm042/gi, plate)
          .replaceAll("EXAMPLE-107", `E${n}`)
          .replaceAll("f2b6a1de-8c34", `f2b6a1de-${n}`);
        // Plate Recognizer names no pass: its moment does.
        desk.clock.advance(1);
        expect(desk.post(path, source, body).status).toBe(202);
      };
      for (let n = 0; n < 40; n++) send(n, "5ABC123");
      expect(desk.ofType("SourceFlooding")).toHaveLength(1);
      for (let n = 0; n < 20; n++) send(1_000 + n, `7KBM${100 + n}`);
      expect(desk.ofType("HitFound").length).toBeGreaterThan(0);
      expect(desk.ofType("HitFound").length).toBeLessThanOrEqual(5);
    });
  }

  it("come from Plate Recognizer as a form with the picture, which is kept for who compares it", () => {
    const desk = incident();
    const body = form([jsonHead, example(desk, "plate-recognizer-read.json")], [fileHead, jpeg]);
    expect(desk.post("/intake/alpr/plate-recognizer", "stream", body, formType).status).toBe(202);
    expect(desk.ofType("HitFound")[0]?.data.cropId).toBeDefined();
    const without = incident();
    without.post("/intake/alpr/plate-recognizer", "stream", example(without, "plate-recognizer-read.json"));
    expect(without.ofType("HitFound")[0]?.data.cropId).toBeUndefined();
  });

  it("in a broken form are refused; a form is taken on no other route", () => {
    const desk = incident();
    const json = example(desk, "plate-recognizer-read.json");
    const post = (body: Uint8Array, type = formType): number =>
      desk.post("/intake/alpr/plate-recognizer", "stream", body, type).status;
    expect(post(form([fileHead, jpeg]))).toBe(400);
    expect(post(form([jsonHead, json], [jsonHead, json]))).toBe(400);
    expect(post(form([jsonHead, json]).subarray(0, 300))).toBe(400);
    expect(post(form(...Array.from({ length: 9 }, (): [string, string] => [jsonHead, json])))).toBe(400);
    expect(post(form([jsonHead, json]), "multipart/form-data")).toBe(415);
    expect(post(form([jsonHead, json], [fileHead, "no picture"]))).toBe(422);
    expect(desk.post("/intake/alpr/rekor", "readers", form([jsonHead, json]), formType).status).toBe(415);
    expect(desk.ofType("HitFound")).toHaveLength(0);
  });
});

describe("forms", () => {
  it("give back every part as it was sent", () => {
    const part = fc.uint8Array({ maxLength: 200 }).filter((one) => !Buffer.from(one).includes("--XX"));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const body = form(
          ...parts.map((one, i): [string, string] => [
            `Content-Disposition: form-data; name="p${i}"`,
            Buffer.from(one).toString("latin1"),
          ]),
        );
        const read = readForm(body, "XX");
        expect(read.kind === "ok" && read.parts.map((one) => [...one.bytes])).toEqual(parts.map((one) => [...one]));
      }),
    );
  });
  it("of anything are answered, never thrown through", () => {
    fc.assert(fc.property(fc.uint8Array(), (junk) => readForm(junk, "XX").kind === "bad"));
    fc.assert(fc.property(fc.string(), (type) => typeof (formBoundary(type) ?? "") === "string"));
    expect(formBoundary('multipart/form-data; charset=utf-8; boundary="a b"')).toBe("a b");
    expect(formBoundary("multipart/mixed; boundary=a")).toBeUndefined();
  });
});
