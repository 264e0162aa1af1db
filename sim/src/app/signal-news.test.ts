import { describe, expect, it } from "vitest";
import { signalLamps } from "../camera/index.js";
import type { SignalHead } from "../traffic/index.js";
import { signalNews, withNews } from "./signal-news.js";

const heads = (first: SignalHead["aspect"], second: SignalHead["aspect"] = "red"): readonly SignalHead[] => [
  { eastM: 10, northM: 20, kerbM: 3, towardsDeg: 0, aspect: first },
  { eastM: 40, northM: 50, kerbM: 7, towardsDeg: 90, aspect: second },
];

describe("news of the lights", () => {
  it("tells places once, lamps when one changed, and nothing in between", () => {
    const news = signalNews();
    expect(news(heads("green"))).toEqual({
      places: Float64Array.of(13.5, 20, 0, 40, 42.5, 90),
      lit: Uint8Array.of(2, 0),
    });
    expect(news(heads("green"))).toBeUndefined();
    expect(news(heads("amber"))).toEqual({ lit: Uint8Array.of(1, 0) });
    expect(news(heads("amber"))).toBeUndefined();
    expect(news([{ eastM: 1, northM: 2, kerbM: 3, towardsDeg: 180, aspect: "red" }])?.places?.length).toBe(3);
  });

  it("leaves who follows it across threads with what the traffic obeys, at every moment", () => {
    const news = signalNews();
    let known: ReturnType<typeof withNews>;
    for (const [first, second] of [
      ["green", "red"],
      ["green", "red"],
      ["amber", "red"],
      ["red", "red"],
      ["red", "green"],
    ] as const) {
      known = withNews(known, structuredClone(news(heads(first, second))));
      expect([...(known?.lit ?? [])].map((lamp) => signalLamps[lamp])).toEqual([first, second]);
      expect(known?.places.length).toBe(6);
    }
  });

  it("says nothing of a city without lights", () => {
    expect(signalNews()([])).toBeUndefined();
  });
});
