import { type AnyMessageInit, encodeFrame, type FrameHeader } from "@outrider/mavlink";
import { type Bench, bench, uidA } from "./bench.js";
import { FakeAutopilot } from "./fake-autopilot.js";
import { fakeChance } from "./fake-world.js";
import { lossyPipe, type PipeFaults } from "./lossy-pipe.js";

type Frame = { readonly message: AnyMessageInit; readonly header: FrameHeader; readonly port: number };

export type BadAir = {
  readonly b: Bench;
  readonly a: FakeAutopilot;
  /** From now on the links are as slow as they were said to be. */
  leave(): void;
  /** All of them at once, each way. */
  worsen(faults: Partial<PipeFaults>): void;
};

/**
 * An aircraft behind bad links, one for each of `away`. PX4 counts the frames of each link by itself. What it says is
 * slow once it has left, and what it is told too where `bothWays`: over seconds of delay no plan is read back, and
 * nothing takes off.
 */
export function badAir(away: readonly PipeFaults[], seed: number, { bothWays = false } = {}): BadAir {
  const near = (faults: PipeFaults): PipeFaults => ({ ...faults, delayMs: Math.min(faults.delayMs, 100) });
  const ways = away.map(near);
  const ups = away.map(near);
  const b = bench();
  const chance = fakeChance(seed);
  const own = ways.map(() => Math.floor(chance.unit() * 256));
  const spoilt = (bytes: Uint8Array, { noise = 0 }: PipeFaults): Uint8Array =>
    noise === 0 ? bytes : bytes.map((byte) => (chance.unit() < noise ? Math.floor(chance.unit() * 256) : byte));
  const down = ways.map((faults, way) =>
    lossyPipe<Frame>(b.clock, chance, faults, ({ message, header }) => {
      b.radio.push(spoilt(encodeFrame(message, header), faults), { host: "127.0.0.1", port: 18570 + way });
    }),
  );
  b.hear = (message, header, port) => {
    const way = port - 18570;
    own[way] = ((own[way] ?? 0) + 1) & 0xff;
    down[way]?.({ message: { ...message }, header: { ...header, seq: own[way] ?? 0 }, port });
  };
  const a = new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 18570 });
  a.ways = ways.map((_, way) => 18570 + way);
  const arrive = b.radio.onSent;
  const up = ups.map((faults, way) =>
    lossyPipe<Uint8Array>(b.clock, chance, faults, (bytes) =>
      arrive?.(`127.0.0.1:${18570 + way}`, spoilt(bytes, faults)),
    ),
  );
  b.radio.onSent = (peer, bytes) => up[Number(peer.split(":")[1]) - 18570]?.(bytes);
  const leave = (): void => {
    for (const [n, way] of ways.entries()) Object.assign(way, away[n]);
    if (bothWays) for (const [n, way] of ups.entries()) Object.assign(way, away[n]);
  };
  const worsen = (faults: Partial<PipeFaults>): void => {
    for (const way of [...ways, ...ups]) Object.assign(way, faults);
  };
  return { b, a, leave, worsen };
}
