import { describe, expect, it } from "vitest";
import { px4Events } from "./generated/px4-events.js";
import { px4EventWords } from "./index.js";

const args = (...bytes: number[]): Uint8Array => Uint8Array.from({ length: 40 }, (_, n) => bytes[n] ?? 0);
const idOf = (text: string): number => px4Events.find((entry) => entry[4] === text)?.[0] ?? 0;

describe("PX4's events in words", () => {
  it("are the texts of its own table, with their arguments in place", () => {
    expect(px4EventWords(idOf("Reposition is outside geofence"), args())).toEqual({
      group: "say",
      text: "Reposition is outside geofence",
      modes: 0,
    });
    const missing = px4Events.find((entry) => entry[4] === "Battery {3} missing");
    expect(px4EventWords(missing?.[0] ?? 0, args(16, 0, 0, 0, 0, 2))).toMatchObject({
      text: "Battery 2 missing",
      modes: 16,
    });
    const cpu = px4Events.find((entry) => entry[4] === "CPU load too high: {3:.1}%");
    expect(px4EventWords(cpu?.[0] ?? 0, args(16, 0, 0, 0, 0, 0, 0, 0xb9, 0x42))?.text).toBe("CPU load too high: 92.5%");
  });

  it("are in order of id, as looking one up needs, and an unknown one is nothing", () => {
    for (const [n, entry] of px4Events.entries()) expect(entry[0]).toBeGreaterThan(px4Events[n - 1]?.[0] ?? -1);
    for (const entry of px4Events) expect(px4EventWords(entry[0], args())?.group).toBe(entry[1]);
    expect(px4EventWords(12_345, args())).toBeUndefined();
  });
});
