import { describe, expect, it } from "vitest";
import { EventQueue, ProcessClock } from "./event-queue.js";
import { SeededChance } from "./seeded-chance.js";
import { Platters, SimDisk } from "./sim-disk.js";
import { SimNetwork } from "./sim-network.js";

function rig(seed = 1) {
  const queue = new EventQueue(0);
  const run = (untilMs: number): void => {
    while (queue.step(untilMs));
  };
  return { queue, run, chance: new SeededChance(seed) };
}

describe("the simulated world", () => {
  it("runs events in order of time, then of scheduling", () => {
    const { queue, run } = rig();
    const order: string[] = [];
    queue.at(5, () => order.push("b"));
    queue.at(1, () => order.push("a"));
    queue.at(5, () => order.push("c"));
    queue.at(9, () => order.push("no"))();
    run(10);
    expect(order).toEqual(["a", "b", "c"]);
    expect(queue.nowMs).toBe(10);
  });

  it("runs nothing more of a killed process", () => {
    const { queue, run } = rig();
    const clock = new ProcessClock(queue);
    let ran = 0;
    clock.after(5, () => ran++);
    clock.stop();
    run(10);
    expect(ran).toBe(0);
  });

  it("keeps what was acknowledged and at most a torn part of what was not", () => {
    for (let seed = 1; seed < 30; seed++) {
      const { queue, run, chance } = rig(seed);
      const platters = new Platters();
      const disk = new SimDisk(platters, new ProcessClock(queue), chance);
      const acknowledged: number[] = [];
      disk.open("f", (opened) => {
        if (opened.kind === "error") throw opened.error;
        opened.file.append(Uint8Array.of(1, 2, 3), () => {
          acknowledged.push(3);
          opened.file.append(Uint8Array.of(4, 5, 6, 7), () => acknowledged.push(4));
        });
      });
      run(seed / 5);
      disk.crash();
      const sure = acknowledged.reduce((sum, n) => sum + n, 0);
      const kept = [...(platters.get("f") ?? [])];
      expect(kept.length).toBeGreaterThanOrEqual(sure);
      expect(kept).toEqual([1, 2, 3, 4, 5, 6, 7].slice(0, kept.length));
    }
  });

  it("loses and repeats datagrams as told, and keeps message connections in order", () => {
    const { queue, run, chance } = rig(7);
    const net = new SimNetwork(chance);
    const [a, b] = [new ProcessClock(queue), new ProcessClock(queue)];
    const got: number[] = [];
    net
      .datagrams(b)
      .bind(
        { port: 9, host: "x" },
        { onDatagram: (bytes) => got.push(bytes[0] ?? -1), onError: () => undefined, onBound: () => undefined },
      );
    const socket = net
      .datagrams(a)
      .bind(
        { port: 0, host: "x" },
        { onDatagram: () => undefined, onError: () => undefined, onBound: () => undefined },
      );
    net.udp.lossShare = 0.3;
    for (let i = 0; i < 200; i++) socket.send(Uint8Array.of(i), { host: "x", port: 9 });
    run(100);
    expect(got.length).toBeGreaterThan(100);
    expect(got.length).toBeLessThan(180);

    const words: string[] = [];
    net.server(b).listen(
      80,
      "x",
      () => ({ kind: "accept", onMessage: (data) => words.push(String(data)), onClose: () => words.push("closed") }),
      () => undefined,
    );
    net.dialer(a).dial(
      "ws://x:80/live",
      {},
      {
        onOpen: (connection) => {
          for (let i = 0; i < 50; i++) connection.send(String(i));
        },
        onMessage: () => undefined,
        onClose: () => undefined,
      },
    );
    run(300);
    expect(words).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
    net.drop(a);
    run(400);
    expect(words.at(-1)).toBe("closed");
  });
});
