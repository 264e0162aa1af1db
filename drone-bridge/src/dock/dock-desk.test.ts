import type { Acceptor, BridgeToDock, DockDoor, MessageServer } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { DockDesk } from "./dock-desk.js";
import type { DoorEnd } from "./door-order.js";

function dockOnWire() {
  let accept: Acceptor | undefined;
  const server: MessageServer = {
    listen: (_port, _host, acceptor, ready) => {
      accept = acceptor;
      ready();
      return () => undefined;
    },
  };
  let tMs = 0;
  const facts: string[] = [];
  const sent: BridgeToDock[] = [];
  const desk = new DockDesk({
    server,
    clock: { nowMs: () => tMs, after: () => () => undefined },
    log: () => undefined,
    sink: (type) => facts.push(type),
    docks: [{ dockId: "d", name: "Dock", point: { latDeg: 0, lonDeg: 0 }, type: "dock" }],
    provenance: "sim",
    tokens: ["t"],
    onChange: () => undefined,
  });
  desk.listen(1, "x", () => undefined);
  const connection = {
    send: (data: string | Uint8Array) => sent.push(JSON.parse(String(data))),
    bufferedBytes: () => 0,
    close: () => undefined,
  };
  const answer = accept?.({ path: "/dock", headers: {}, remote: "x" }, connection);
  if (answer?.kind !== "accept") throw new Error("the dock was not let in");
  const say = (message: unknown): void => answer.onMessage(JSON.stringify(message));
  say({ kind: "hello", version: 1, dockId: "d", token: "t", provenance: "sim", type: "dock" });
  const door = (value: DockDoor): void =>
    say({ kind: "state", dockId: "d", door: value, padClear: true, occupied: true, charging: false, ageMs: 0 });
  door("closed");
  const move = (orderId: string, want: "open" | "closed"): DoorEnd["kind"][] => {
    const ends: DoorEnd["kind"][] = [];
    desk.moveDoor("d", orderId, want, (end) => ends.push(end.kind));
    return ends;
  };
  return {
    desk,
    say,
    door,
    move,
    sent: () => sent.filter((m) => m.kind !== "welcome").map((m) => m.kind),
    at: (ms: number) => {
      tMs = ms;
    },
  };
}

describe("a dock's door", () => {
  it("is told to open once, and is open when the door itself says so", () => {
    const dock = dockOnWire();
    const ends = dock.move("o1", "open");
    dock.say({ kind: "answer", orderId: "o1", result: "accepted" });
    expect(ends).not.toContain("done");
    dock.door("opening");
    dock.door("open");
    expect(ends.at(-1)).toBe("done");
    expect(dock.sent()).toEqual(["open"]);
  });

  it("closes again when the launch is called off while it still opens", () => {
    const dock = dockOnWire();
    const opening = dock.move("o1", "open");
    dock.door("opening");
    const closing = dock.move("o2", "closed");
    expect(opening.at(-1)).toBe("refused");
    expect(dock.sent()).toEqual(["open", "close"]);
    dock.door("closing");
    dock.door("closed");
    expect(closing.at(-1)).toBe("done");
  });

  it("does not take a second opening, nor an opening while it closes", () => {
    const dock = dockOnWire();
    dock.move("o1", "open");
    expect(dock.move("o2", "open")).toEqual(["refused"]);
    dock.door("open");
    dock.move("o3", "closed");
    expect(dock.move("o4", "open")).toEqual(["refused"]);
    expect(dock.sent()).toEqual(["open", "close"]);
  });
});
