import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  infoOf,
  message,
  ScannedFrame,
} from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlightState, kept } from "./flight-state.js";

/** Fields are whole numbers that fit every type, so that the wire does not round them. */
const small = fc.integer({ min: 0, max: 100 });

describe("the typed flight state", () => {
  it.each(kept)("keeps of %s what the full decoder reads, cut short or not", (name, fields) => {
    const place = kept
      .slice(
        0,
        kept.findIndex(([one]) => one === name),
      )
      .reduce((sum, [, f]) => sum + f.length, 0);
    fc.assert(
      fc.property(fc.array(small, { minLength: fields.length, maxLength: fields.length }), (values) => {
        const whole = message(name, Object.fromEntries(fields.map((field, i) => [field, values[i]])));
        const state = new FlightState();
        // A message made for a name is one that can be sent; the two types only name it differently.
        const bytes = encodeFrame(whole as AnyMessageInit, { sysid: 1, compid: 1, seq: 1 });
        new FrameReader({ reuseFrame: true }).push(bytes, (frame) => {
          expect(decode(frame)?.name).toBe(infoOf(name).name);
          if (frame instanceof ScannedFrame) state.update(frame);
        });
        expect([...state.values.slice(place, place + fields.length)]).toEqual(values);
      }),
      { numRuns: 40 },
    );
  });
});
