import { type AnyMessageInit, decode, encodeFrame, FrameReader, type MavMessage } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { CommandDesk, type CommandOutcome } from "./index.js";

type Link = PipeFaults & { readonly noise: number };

/** Bytes that go over a link which turns some of them: what is spoilt is dropped by its checksum, or is no frame. */
function wire(clock: FakeClock, chance: ReturnType<typeof fakeChance>, link: Link, deliver: (m: MavMessage) => void) {
  const pipe = lossyPipe<Uint8Array>(clock, chance, link, (bytes) => {
    const spoilt = bytes.map((byte) => (chance.unit() < link.noise ? Math.floor(chance.unit() * 256) : byte));
    new FrameReader().pushDatagram(spoilt, (frame) => {
      const message = decode(frame);
      if (message !== undefined) deliver(message);
    });
  });
  let seq = 0;
  return (message: AnyMessageInit, sysid: number): void =>
    pipe(encodeFrame(message, { sysid, compid: sysid === 1 ? 1 : 190, seq: seq++ & 0xff }));
}

function exchange(link: Link, seed: number, what: "arm" | "read") {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  let sent = 0;
  let armed = 0;
  const outcomes: CommandOutcome[] = [];
  const down = wire(clock, chance, link, (message) => {
    if (message.name === "COMMAND_ACK") desk.onAck(1, message);
  });
  const up = wire(clock, chance, link, (message) => {
    if (message.name !== "COMMAND_LONG") return;
    if (message.command === 400 && message.param1 === 1) armed++;
    down({ name: "COMMAND_ACK", command: message.command, result: 0, targetSystem: 255, targetComponent: 190 }, 1);
  });
  const desk = new CommandDesk({
    clock,
    sysid: () => 1,
    send: (message) => {
      sent++;
      up(message, 255);
      return true;
    },
  });
  const arm = doorOf(12).arm();
  desk.run(what === "arm" ? arm : { ...arm, command: 512, tries: 3 }, (outcome) => outcomes.push(outcome));
  clock.run(60_000);
  return { sent, armed, outcomes };
}

const links: [string, Link][] = [
  ["a clean link", { loss: 0, duplicate: 0, delayMs: 5, noise: 0 }],
  ["5 % loss", { loss: 0.05, duplicate: 0, delayMs: 20, noise: 0 }],
  ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.3, delayMs: 80, noise: 0 }],
  ["2 s of delay", { loss: 0.05, duplicate: 0.1, delayMs: 2_000, noise: 0 }],
  ["one byte in fifty turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.02 }],
];

describe("a command over a bad link", () => {
  it.each(links)("that arms leaves once and ends once, over %s", (_name, link) => {
    for (let seed = 1; seed <= 60; seed++) {
      const { sent, outcomes } = exchange(link, seed, "arm");
      expect(sent, `seed ${seed}`).toBe(1);
      expect(outcomes).toHaveLength(1);
      // It was armed, or nobody can know: never "refused" and never a second try.
      expect(["accepted", "unanswered"]).toContain(outcomes[0]?.kind);
    }
  });

  it.each(links)("that reads ends as over a clean one, or says that nobody answered, over %s", (_name, link) => {
    let accepted = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { sent, outcomes } = exchange(link, seed, "read");
      expect(sent).toBeLessThanOrEqual(3);
      expect(outcomes).toHaveLength(1);
      if (outcomes[0]?.kind === "accepted") accepted++;
    }
    expect(accepted).toBeGreaterThanOrEqual(link.delayMs >= 2_000 ? 1 : link.noise > 0 ? 12 : 54);
  });
});
