import type { IncidentView, RoomViews } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { newsIds } from "./useRtccSound.js";

// Only what the function looks at; the rest of a view does not matter here.
const incidents = (...rows: { incidentId: string; closed: boolean }[]) =>
  ({ incidents: rows }) as unknown as RoomViews["incidents"];
const hits = (...rows: { hitId: string; state: string }[]) => ({ hits: rows }) as unknown as IncidentView;

describe("what sounds at the crime center", () => {
  it("open incidents and plates that wait for eyes sound, closed and answered ones do not", () => {
    const news = newsIds(
      incidents({ incidentId: "a", closed: false }, { incidentId: "b", closed: true }),
      hits({ hitId: "h1", state: "unread" }, { hitId: "h2", state: "same" }, { hitId: "h3", state: "second-needed" }),
    );
    expect(news).toEqual(["a", "h1", "h3"]);
  });

  it("nothing known sounds nothing", () => {
    expect(newsIds(undefined, undefined)).toEqual([]);
  });
});
