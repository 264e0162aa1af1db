import type { RoomViews } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { gunshot } from "./testing/alerts.js";
import { TestStation } from "./testing/test-station.js";

function bench() {
  const test = new TestStation();
  const socket = test.socket(test.login("rtcc"));
  socket.say({ kind: "join", room: "health" });
  const sources = () => {
    test.wall.advance(2_000);
    // The room's name fixes its view.
    const view = socket.room("health").at(-1)?.["view"] as RoomViews["health"] | undefined;
    return view?.sources?.map(({ kind, id, what, text }) => [kind, id, what, text]);
  };
  return { test, sources };
}

describe("messages that are refused", () => {
  it("are told to the desks by their source, for ten minutes after the last", () => {
    const { test, sources } = bench();
    expect(sources()).toBeUndefined();
    expect(test.post("shots", "/intake/gunshot", "{").status).toBe(400);
    expect(sources()).toEqual([["intake", "shots", "refused", "Messages from shots were refused."]]);
    expect(test.post("shots", "/intake/gunshot", gunshot()).status).toBe(202);
    test.wall.advance(9 * 60_000);
    expect(sources()).toHaveLength(1);
    test.wall.advance(60_000);
    expect(sources()).toBeUndefined();
  });

  it("of strangers are one line, whatever they call themselves", () => {
    const { test, sources } = bench();
    for (const name of ["nobody", "no-one"]) expect(test.post(name, "/intake/gunshot", gunshot()).status).toBe(401);
    expect(sources()).toEqual([["stranger", "", "refused", "Messages from somebody unknown were refused."]]);
  });
});
