import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ViewTexts } from "./view-texts.js";

const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
const part = fc
  .dictionary(fc.string({ maxLength: 4 }), value)
  .chain((one) => fc.boolean().map((frozen) => (frozen ? Object.freeze(one) : one)));
const element = fc.oneof(value, part, fc.record({ a: value, plan: part }), fc.array(part, { maxLength: 2 }));
const view = fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(value, fc.array(element, { maxLength: 4 })));

describe("the text of a view", () => {
  it("is what JSON.stringify makes of it, the first time and again", () => {
    fc.assert(
      fc.property(fc.array(view, { maxLength: 3 }), (views) => {
        const texts = new ViewTexts();
        for (const one of [...views, ...views]) expect(texts.of(one)).toBe(JSON.stringify(one));
      }),
    );
  });

  it("follows a list that begins as before, and what is not frozen", () => {
    const texts = new ViewTexts();
    const [a, b, c] = [Object.freeze({ id: "a" }), Object.freeze({ id: "b" }), Object.freeze({ id: "c" })];
    const open = { id: "x", plan: a };
    for (const list of [[a, b], [a, c], [a], [a, b], [open, a]])
      expect(texts.of({ list })).toBe(JSON.stringify({ list }));
    open.id = "y";
    expect(texts.of({ list: [open] })).toBe('{"list":[{"id":"y","plan":{"id":"a"}}]}');
  });
});
