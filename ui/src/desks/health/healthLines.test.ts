import type { AircraftView, RoomViews } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { healthLines, signingWords } from "./healthLines.js";

type Health = RoomViews["health"];
const signing = { policy: "preferred", signedIn: 5120, signedOut: 900, unsignedIn: 0, refused: {} } as const;
const told = (more: Partial<Health>, aircraft: readonly AircraftView[] = []): string[] =>
  healthLines({ parts: [], streams: [], ...more }, aircraft).map((line) => `${line.tone}: ${line.text}`);
// Only what is read of an aircraft here.
const plane = (callSign: string, more: Partial<AircraftView> = {}): AircraftView =>
  ({ callSign, signedLink: false, inAir: true, link: "live", ...more }) as AircraftView;

describe("system and links in words", () => {
  it("says nothing while all is well", () => {
    const parts = [{ name: "bridge", state: "ok", text: "The bridge is connected." }] as const;
    expect(told({ parts, signing }, [plane("OSPREY", { signedLink: true })])).toEqual([]);
  });

  it("counts frames that were refused, by reason", () => {
    expect(told({ signing: { ...signing, refused: { forged: 3, replayed: 1, unsigned: 0 } } })).toEqual([
      "caution: 3 forged frames refused: a wrong key, or somebody else sends in our aircraft’s name.",
      "caution: 1 replayed frame refused: somebody sends again what was heard before.",
    ]);
  });

  it("names aircraft whose link is unsigned: a fault where the site signs, and said where it does not", () => {
    const planes = [
      plane("OSPREY"),
      plane("HERON", { signedLink: true }),
      plane("SWIFT", { inAir: false, link: "lost" }),
    ];
    expect(told({ signing }, planes)[0]).toMatch(/^caution: Link unsigned: OSPREY\. /);
    expect(told({}, planes)[0]).toMatch(/^told: Link unsigned: OSPREY\. /);
  });

  it("puts a missing key before all else: orders are refused", () => {
    const down = { name: "orders", state: "down", text: "Only hold, return and land are carried out." } as const;
    const late = { name: "heartbeats", state: "late", text: "No heartbeats." } as const;
    expect(told({ parts: [late, down] })).toEqual([
      "warning: Key missing or not trusted: orders refused. Only hold, return and land are carried out.",
      "caution: No heartbeats.",
    ]);
  });

  it("is calm about orders that a site does not sign, and not about orders of somebody else", () => {
    const parts = [{ name: "orders", state: "late", text: "The bridge: orders are not signed." }] as const;
    const toneOf = (notVerified: number): string | undefined =>
      told({ parts, orders: { signed: "no", notVerified } })[0]?.split(":")[0];
    expect([toneOf(0), toneOf(2)]).toEqual(["told", "caution"]);
  });

  it("says what to do about each thing that stops this desk, and about a source it does not know by name", () => {
    const parts = ["record", "bridge", "sim", "KSFO"].map((name) => ({ name, state: "down" as const, text: "" }));
    const deeds = healthLines({ parts, streams: [] }, []).map((line) => line.doThis);
    expect(deeds.every((words) => words.length > 10) && new Set(deeds).size === 4).toBe(true);
  });

  it("tells an overseer what signatures hold", () => {
    expect(signingWords(undefined)).toBe("MAVLink is not signed at this site.");
    expect(signingWords(signing)).toBe(
      "MAVLink signatures preferred, not required: 5,120 frames in and 900 frames out.",
    );
  });
});
