import type { Datagrams } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { FakeClock, fakeChance } from "../testing/index.js";
import { backoffMs, type LinkHandlers, makeLink, type StreamHandlers, streamLink, udpLink } from "./index.js";

function handlers(log: string[]): LinkHandlers {
  return {
    onBytes: (bytes) => log.push(`bytes ${bytes.length}`),
    onState: (state) => log.push(state),
    onPeerGone: (peer) => log.push(`gone ${peer}`),
  };
}

describe("links", () => {
  it("try again later and later, never in step with each other", () => {
    expect([0, 1, 2, 9].map((attempt) => backoffMs(attempt, 500, 5_000, 1))).toEqual([500, 1_000, 2_000, 5_000]);
    expect(backoffMs(0, 500, 5_000, 0)).toBe(250);
  });

  it("bind a failed UDP socket again on the same port: PX4 speaks to no other", () => {
    const clock = new FakeClock();
    const ports: number[] = [];
    let fail: ((error: Error) => void) | undefined;
    const datagrams: Datagrams = {
      bind: (at, { onError, onBound }) => {
        ports.push(at.port);
        fail = onError;
        onBound(at.port);
        return { send: () => {}, close: () => {} };
      },
    };
    const log: string[] = [];
    udpLink({ name: "udp", host: "127.0.0.1", port: 14550 }, { datagrams, clock, chance: fakeChance() }).open(
      handlers(log),
    );
    fail?.(new Error("network down"));
    clock.run(2_000);
    expect(ports).toEqual([14550, 14550]);
    expect(log).toEqual(["opening", "open", "closed", "opening", "open"]);
  });

  it("dial from the same port after every restart, each client from its own: PX4 answers the first for ever", () => {
    const ports: number[] = [];
    const datagrams: Datagrams = {
      bind: (at) => {
        ports.push(at.port);
        return { send: () => {}, close: () => {} };
      },
    };
    const deps = { datagrams, clock: new FakeClock(), chance: fakeChance(), streams: undefined };
    const client = { kind: "udp-client", host: "10.0.0.2", port: 18570 } as const;
    const start = (): void => {
      for (const [index, config] of [client, client, { ...client, localPort: 15000 }].entries())
        makeLink(config, index, "127.0.0.1", deps).open(handlers([]));
    };
    start();
    start();
    expect(ports).toEqual([14560, 14561, 15000, 14560, 14561, 15000]);
  });

  it("reopen a serial port that stopped without a word", () => {
    const clock = new FakeClock();
    const log: string[] = [];
    let opened: StreamHandlers | undefined;
    let dials = 0;
    const dial = (stream: StreamHandlers) => {
      dials++;
      opened = stream;
      stream.onOpen({ write: () => true, close: () => {} }, "tty");
      return () => {};
    };
    const link = streamLink({ name: "serial", peer: "tty", stallMs: 5_000, dial }, { clock, chance: fakeChance() });
    link.open(handlers(log));
    clock.run(4_000);
    opened?.onBytes(new Uint8Array(3));
    clock.run(4_000);
    expect(dials).toBe(1);
    clock.run(3_000);
    expect(dials).toBe(2);
    expect(log).toContain("gone tty");
    link.close();
    clock.run(60_000);
    expect(dials).toBe(2);
  });
});
