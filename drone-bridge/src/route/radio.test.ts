import { encodeFrame, isSigned, type MavMessage, signFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type Seal, unsigned } from "../frame/index.js";
import { type LinkConfig, makeLink } from "../link/index.js";
import { FakeStreams } from "../link/testing/index.js";
import { FakeClock, FakeRadio, fakeChance } from "../testing/index.js";
import { ForwardFilter, type Heard, Radio } from "./index.js";

const air = { host: "10.0.0.2", port: 18_570 };
const station = { host: "10.0.0.9", port: 50_001 };
const beat = (seq: number): Uint8Array =>
  encodeFrame({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid: 1, compid: 1, seq });

type Options = {
  links?: LinkConfig[];
  forward?: LinkConfig[];
  seal?: Seal;
  onHeard?: (heard: Heard) => void;
};

function setUp(options: Options = {}) {
  const clock = new FakeClock();
  const [net, streams] = [new FakeRadio(), new FakeStreams()];
  const wires = { clock, chance: fakeChance(), datagrams: net, streams };
  const heard: Heard[] = [];
  const gone: string[] = [];
  const raw: string[] = [];
  const radio = new Radio({
    links: (options.links ?? [{ kind: "udp-server", port: 14_550 }]).map((link, n) => makeLink(link, n, "", wires)),
    forwards: (options.forward ?? []).map((link, n) => ({
      link: makeLink(link, n, "", wires, "station"),
      filter: new ForwardFilter({}),
      share: undefined,
    })),
    clock,
    seal: options.seal ?? unsigned,
    events: {
      onHeard: (each) => {
        heard.push(each);
        options.onHeard?.(each);
      },
      onPathGone: (path) => gone.push(path.peer),
      onLinkState: () => {},
      onRaw: (path) => raw.push(path.peer),
    },
  });
  radio.open();
  const wait = (ms: number): void => {
    for (let at = 0; at < ms; at += 100) {
      clock.run(100);
      radio.expire(() => false);
    }
  };
  return { clock, net, streams, radio, heard, gone, raw, wait };
}

describe("all links together", () => {
  it("act on nothing that cannot be verified, and forward it unchanged", () => {
    const seal: Seal = { seal: (bytes) => bytes, accepts: (frame) => frame.signature === undefined, signed: true };
    const t = setUp({ seal, forward: [{ kind: "udp-server", port: 14_600 }] });
    t.net.push(Uint8Array.of(0), station, 14_600);
    const signed = signFrame(beat(0), new Uint8Array(32).fill(1), 0, 5);
    expect(isSigned(signed)).toBe(true);
    t.net.push(signed, air);
    expect(t.heard).toEqual([]);
    expect(t.net.sent.get("10.0.0.9:50001")).toEqual([signed]);
  });

  it("forget a stranger after ten seconds, a station that fell silent too, and never an aircraft that may still hear", () => {
    const t = setUp({ forward: [{ kind: "udp-server", port: 14_600 }] });
    t.net.push(Uint8Array.of(0), station, 14_600);
    t.net.push(encodeFrame({ name: "PING" }, { sysid: 9, compid: 1, seq: 0 }), { host: "10.0.0.7", port: 1 });
    t.net.push(beat(0), air);
    for (const { path } of t.heard) if (path.peer === "10.0.0.2:18570") t.radio.carriesAircraft(path);
    const told = (): number => t.net.sent.get("10.0.0.9:50001")?.length ?? 0;
    t.wait(9_000);
    t.net.push(beat(1), air);
    const before = told();
    t.wait(3_000);
    expect(t.gone).toEqual(["10.0.0.7:1"]);
    t.net.push(beat(2), air);
    expect(told()).toBe(before);
    expect(t.radio.heartbeatPaths().map((path) => path.peer)).toEqual(["10.0.0.2:18570"]);
  });

  it("hang up on a TCP caller that never was an aircraft, and let one that only looks on be silent", () => {
    const t = setUp({ links: [{ kind: "tcp-server", port: 5_760 }] });
    t.streams.call();
    t.radio.heartbeatPaths();
    t.wait(11_000);
    expect(t.streams.connections).toBe(0);
    const looking = setUp({ forward: [{ kind: "tcp-server", port: 5_790 }] });
    looking.streams.call();
    looking.radio.heartbeatPaths();
    looking.wait(60_000);
    looking.net.push(beat(0), air);
    expect(looking.streams.heard).toEqual([...beat(0)]);
  });

  it("put no heartbeat and no word of ours on a station's wire, and none of a station's on the track", () => {
    const t = setUp({ forward: [{ kind: "udp-client", host: "10.0.0.9", port: 50_001 }] });
    t.net.push(beat(0), air);
    expect(t.radio.heartbeatPaths().map((path) => path.peer)).toEqual([]);
    t.net.push(beat(1), air);
    expect(t.net.sent.get("10.0.0.9:50001")).toHaveLength(1);
    expect(t.raw).toEqual(["10.0.0.2:18570", "10.0.0.2:18570"]);
  });

  it("listen to so many peers and no more", () => {
    const t = setUp();
    for (let n = 0; n < 600; n++) t.net.push(beat(0), { host: "10.1.0.1", port: 1_000 + n });
    expect(t.heard).toHaveLength(512);
    expect(t.radio.refusals()["crowd"]).toBe(88);
    t.wait(11_000);
    t.net.push(beat(0), air);
    expect(t.heard).toHaveLength(513);
  });

  it("count on each link what was lost, refused and sent by strangers", () => {
    const t = setUp({ links: [{ kind: "udp-client", host: "10.0.0.2", port: 18_570 }] });
    t.net.push(beat(0), air);
    t.net.push(beat(5), air);
    t.net.push(beat(6), { host: "10.0.0.3", port: 18_570 });
    expect(t.radio.health()).toEqual([
      {
        name: "udp-client:10.0.0.2:18570",
        state: "open",
        frames: 2,
        crcErrors: 0,
        lost: 4,
        strangers: 1,
        dropped: 0,
        refused: 0,
      },
    ]);
  });

  it("hear what is streamed in one object for each kind, and a word in one of its own", () => {
    const t = setUp();
    const attitude = (roll: number, seq: number): Uint8Array =>
      encodeFrame({ name: "ATTITUDE", roll }, { sysid: 1, compid: 1, seq });
    for (const bytes of [attitude(1, 0), beat(1), attitude(2, 2), beat(3)]) t.net.push(bytes, air);
    const [first, word, second, otherWord] = t.heard;
    expect([first?.streamed, word?.streamed]).toEqual([true, false]);
    expect(second?.message).toBe(first?.message);
    expect(otherWord?.message).not.toBe(word?.message);
  });

  it("leave a streamed message alone while it is being heard, whatever comes inside that call", () => {
    const rolls: (number | undefined)[] = [];
    const roll = (message: MavMessage): number | undefined => (message.name === "ATTITUDE" ? message.roll : undefined);
    let depth = 0;
    const t = setUp({
      onHeard: ({ message, frame }) => {
        if (depth++ === 0) t.net.push(encodeFrame({ name: "ATTITUDE", roll: 2 }, { sysid: 1, compid: 1, seq: 9 }), air);
        rolls.push(roll(message), frame.seq);
      },
    });
    t.net.push(encodeFrame({ name: "ATTITUDE", roll: 1 }, { sysid: 1, compid: 1, seq: 8 }), air);
    expect(rolls).toEqual([2, 9, 1, 8]);
  });
});
