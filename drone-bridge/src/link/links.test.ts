import type { Datagrams } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { FakeClock, FakeRadio, fakeChance } from "../testing/index.js";
import {
  backoffMs,
  type LinkHandlers,
  linkTiming,
  makeLink,
  type StreamHandlers,
  streamLink,
  udpClientLink,
  udpServerLink,
} from "./index.js";
import { FakeStreams } from "./testing/index.js";

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
    udpServerLink({ name: "udp", host: "127.0.0.1", port: 14550 }, { datagrams, clock, chance: fakeChance() }).open(
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

  it("do not listen any more to a port that they gave up", () => {
    const clock = new FakeClock();
    const log: string[] = [];
    const opened: StreamHandlers[] = [];
    const dial = (stream: StreamHandlers) => {
      opened.push(stream);
      stream.onOpen({ write: () => true, close: () => {} }, "tty");
      return () => {};
    };
    streamLink({ name: "serial", peer: "tty", stallMs: 5_000, dial }, { clock, chance: fakeChance() }).open(
      handlers(log),
    );
    clock.run(7_000);
    expect(opened).toHaveLength(2);
    const before = log.length;
    opened[0]?.onBytes(new Uint8Array(3));
    opened[0]?.onClose("the port closed");
    expect(log.length).toBe(before);
  });

  it("hear one UDP peer only, and count everybody else", () => {
    const radio = new FakeRadio();
    const log: string[] = [];
    const remote = { host: "10.0.0.2", port: 18_570 };
    const link = udpClientLink(
      { name: "udp", port: 14_560, remote },
      { datagrams: radio, clock: new FakeClock(), chance: fakeChance() },
    );
    link.open(handlers(log));
    radio.push(new Uint8Array(3), { host: "10.0.0.3", port: 18_570 });
    radio.push(new Uint8Array(4), { host: "10.0.0.2", port: 18_571 });
    radio.push(new Uint8Array(5), remote);
    expect(log.filter((line) => line.startsWith("bytes"))).toEqual(["bytes 5"]);
    expect(link.counts().strangers).toBe(2);
  });

  it("follow a peer known by name to its new address once it is silent", () => {
    const clock = new FakeClock();
    let address: string | undefined;
    const sent: string[] = [];
    const radio = new FakeRadio();
    radio.onSent = (peer) => sent.push(peer);
    const datagrams: Datagrams = { bind: radio.bind, resolve: (_host, done) => done(address) };
    const log: string[] = [];
    const link = udpClientLink(
      { name: "udp", port: 14_560, remote: { host: "osprey.example", port: 18_570 } },
      { datagrams, clock, chance: fakeChance() },
    );
    link.open(handlers(log));
    expect(link.send(new Uint8Array(1), "osprey.example:18570")).toBe(false);
    address = "10.0.0.2";
    clock.run(linkTiming.lookAgainMs + 1);
    expect(link.send(new Uint8Array(1), "osprey.example:18570")).toBe(true);
    radio.push(new Uint8Array(2), { host: "10.0.0.2", port: 18_570 });
    address = "10.0.0.9";
    clock.run(2 * linkTiming.lookAgainMs);
    expect(log).toContain("gone osprey.example:18570");
    link.send(new Uint8Array(1), "osprey.example:18570");
    expect(sent).toEqual(["10.0.0.2:18570", "10.0.0.9:18570"]);
    radio.push(new Uint8Array(2), { host: "10.0.0.2", port: 18_570 });
    expect(link.counts().strangers).toBe(1);
    link.close();
  });

  it("say what a stuck reader did not take, and keep nothing of it", () => {
    const streams = new FakeStreams();
    const deps = { clock: new FakeClock(), chance: fakeChance(), datagrams: new FakeRadio(), streams };
    const link = makeLink({ kind: "tcp-client", host: "far", port: 1 }, 0, "", deps);
    link.open(handlers([]));
    streams.stuck = true;
    expect(link.send(new Uint8Array(9), "far:1")).toBe(false);
    expect(link.counts().dropped).toBe(1);
    streams.stuck = false;
    link.send(Uint8Array.of(4), "far:1");
    expect(streams.heard).toEqual([4]);
  });

  it("over a TCP port answer each caller, and listen again on the same port when listening failed", () => {
    const clock = new FakeClock();
    const streams = new FakeStreams();
    const log: string[] = [];
    const deps = { clock, chance: fakeChance(), datagrams: new FakeRadio(), streams };
    const link = makeLink({ kind: "tcp-server", port: 5_760 }, 0, "127.0.0.1", deps);
    link.open(handlers(log));
    streams.call();
    streams.call();
    expect(link.knownPeers()).toEqual(["caller:1", "caller:2"]);
    link.drop("caller:1");
    expect(link.knownPeers()).toEqual(["caller:2"]);
    streams.failListening(new Error("address in use"));
    expect(link.send(new Uint8Array(1), "caller:2")).toBe(false);
    clock.run(6_000);
    streams.call();
    expect(link.knownPeers()).toEqual(["caller:3"]);
    expect(log.filter((line) => !line.startsWith("gone"))).toEqual(["opening", "open", "closed", "opening", "open"]);
  });
});
