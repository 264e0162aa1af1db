import { expect } from "vitest";
import { FakeClock, FakeRadio, fakeChance } from "../testing/index.js";
import { type Link, type LinkConfig, makeLink } from "./index.js";
import { FakeStreams, type FarEnd, type LinkRig, linkContract } from "./testing/index.js";

/** Every kind of link over a simulated machine, on a clock that is run on by the test. */
function simulated(config: LinkConfig, farOf: (radio: FakeRadio, streams: FakeStreams) => FarEnd): () => LinkRig {
  return () => {
    const clock = new FakeClock();
    const [radio, streams] = [new FakeRadio(), new FakeStreams()];
    const link: Link = makeLink(config, 0, "127.0.0.1", { clock, chance: fakeChance(), datagrams: radio, streams });
    return {
      link,
      far: farOf(radio, streams),
      async until(what, test, withinMs) {
        const endMs = clock.nowMs() + withinMs;
        while (!test()) {
          expect(clock.nowMs(), what).toBeLessThan(endMs);
          clock.run(100);
        }
      },
      end: () => {},
    };
  };
}

const radioFar =
  (port: number) =>
  (radio: FakeRadio): FarEnd => {
    const heard: number[] = [];
    radio.onSent = (peer, bytes) => {
      if (peer === `127.0.0.1:${port}`) heard.push(...bytes);
    };
    return {
      heard,
      appear: () => {},
      vanish: () => {},
      say: (bytes) => radio.push(bytes, { host: "127.0.0.1", port }),
    };
  };

const streamFar =
  (appear: (streams: FakeStreams) => void) =>
  (_radio: FakeRadio, streams: FakeStreams): FarEnd => ({
    heard: streams.heard,
    appear: () => {
      streams.there = true;
      appear(streams);
    },
    vanish: () => {
      streams.there = false;
      streams.hangUp("gone");
    },
    say: (bytes) => streams.say(bytes),
  });

/** A caller dials whenever it has something to say and no connection. */
const callingFar = (radio: FakeRadio, machine: FakeStreams): FarEnd => {
  const far = streamFar(() => {})(radio, machine);
  return {
    ...far,
    heard: machine.heard,
    say(bytes) {
      if (machine.connections === 0) machine.call();
      machine.say(bytes);
    },
  };
};

const datagrams = { seesEnds: false, knowsPeers: false };
const streams = { seesEnds: true, knowsPeers: true };
linkContract("udp-server", datagrams, simulated({ kind: "udp-server", port: 14_550 }, radioFar(18_570)));
linkContract(
  "udp-client",
  { ...datagrams, knowsPeers: true },
  simulated({ kind: "udp-client", host: "127.0.0.1", port: 18_570 }, radioFar(18_570)),
);
linkContract(
  "tcp-client",
  streams,
  simulated(
    { kind: "tcp-client", host: "far", port: 1 },
    streamFar(() => {}),
  ),
);
linkContract("tcp-server", streams, simulated({ kind: "tcp-server", port: 5_760 }, callingFar));
linkContract(
  "serial",
  streams,
  simulated(
    { kind: "serial", path: "far:1", baud: 57_600, flowControl: true },
    streamFar(() => {}),
  ),
);
