import { describe, expect, it } from "vitest";
import { EventQueue, ProcessClock } from "./event-queue.js";
import { SeededChance } from "./seeded-chance.js";
import { Snoop, type SnoopRole, type SnoopUser } from "./snoop.js";

function snoopWhoIsAnswered(role: SnoopRole, status: number): { said: string[]; joined: string[]; snoop: Snoop } {
  const queue = new EventQueue(0);
  const [said, joined]: [string[], string[]] = [[], []];
  const user: SnoopUser = {
    connected: true,
    join: (room) => joined.push(room),
    act: (_name, _body, _params, done) => done?.(status, {}),
  };
  const snoop = new Snoop({
    user,
    role,
    clock: new ProcessClock(queue),
    chance: new SeededChance(1, 1),
    say: (what) => said.push(what),
    seen: () => ({ launchId: "l_1", uid: "u_1" }),
  });
  snoop.onReady();
  snoop.start();
  while (queue.step(120_000));
  return { said, joined, snoop };
}

describe("the storm's snoop", () => {
  it.each(["pic", "rtcc", "trainer", "supervisor"] as const)("tries the doors of others as %s (INV-10)", (role) => {
    const { said, joined, snoop } = snoopWhoIsAnswered(role, 403);
    expect(said).toEqual([]);
    expect(joined.length).toBeGreaterThan(1);
    expect(snoop.tried).toBeGreaterThan(2);
  });

  it.each([200, 404, 409])("sees that a forbidden act was answered %d instead of refused (INV-10)", (status) => {
    expect(snoopWhoIsAnswered("rtcc", status).said.length).toBeGreaterThan(0);
  });

  it("sees that a room came which its role may not see (INV-10)", () => {
    const { said, snoop } = snoopWhoIsAnswered("rtcc", 403);
    snoop.onRoom("incidents");
    expect(said).toEqual([]);
    snoop.onRoom("supervisor");
    expect(said).toEqual(["the rtcc was sent the room supervisor"]);
  });
});
