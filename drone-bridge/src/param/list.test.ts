import { message, paramFromInteger } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { byteNoise, FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { ParamListDesk, type ParamSet, paramTiming } from "./index.js";

const count = 120;

/** The aircraft's side: the whole list at once, then the hash, as PX4 sends it; single values by index. */
class Peer {
  readonly values = Array.from({ length: count }, (_, n) => n - 5);
  hashes = true;
  lists = 0;
  asks = 0;
  readonly #down: (sent: { index: number; bits: number }) => void;

  constructor(down: (sent: { index: number; bits: number }) => void) {
    this.#down = down;
  }

  get hash(): number {
    return this.values.reduce((sum, value) => (Math.imul(sum, 31) + value) >>> 0, 7);
  }

  list(): void {
    this.lists++;
    for (const index of this.values.keys()) this.one(index);
    this.askHash();
  }

  one(index: number): void {
    this.#down({ index, bits: this.values[index] ?? 0 });
  }

  askHash(): void {
    if (this.hashes) this.#down({ index: 0xffff, bits: this.hash });
  }
}

function world(faults: PipeFaults, seed: number) {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  const heard = byteNoise(chance, faults.noise ?? 0, (value) => {
    if (value.name === "PARAM_VALUE") desk.onValue(value);
  });
  const down = lossyPipe<{ index: number; bits: number }>(clock, chance, faults, ({ index, bits }) =>
    heard(
      message("PARAM_VALUE", {
        paramId: index === 0xffff ? "_HASH_CHECK" : `P_${index}`,
        paramType: index === 0xffff ? 5 : 6,
        paramIndex: index,
        paramCount: count,
        ...paramFromInteger(bits),
      }),
    ),
  );
  const peer = new Peer(down);
  const up = lossyPipe<() => void>(clock, chance, faults, (act) => act());
  const desk = new ParamListDesk({
    clock,
    door: doorOf(12),
    sysid: () => 1,
    send: (sent) => {
      if (sent.name === "PARAM_REQUEST_LIST") up(() => peer.list());
      if (sent.name === "PARAM_REQUEST_READ") {
        peer.asks++;
        const { paramIndex } = sent;
        up(() => (sent.paramId === "_HASH_CHECK" ? peer.askHash() : peer.one(paramIndex ?? 0)));
      }
      return true;
    },
  });
  const read = (): ParamSet | undefined => {
    let out: ParamSet | undefined;
    desk.read((set) => {
      expect(out, "a list ends once").toBeUndefined();
      out = set;
    });
    clock.run(400_000);
    return out;
  };
  return { peer, read, clock, desk };
}

const clean: PipeFaults = { loss: 0, duplicate: 0, delayMs: 5 };
const valuesOf = (set: ParamSet | undefined): number[] =>
  set?.kind === "whole" ? set.rows.map((row) => row.value) : [];

describe("the list of all parameters", () => {
  it("comes whole without asking for any by itself, negative integers too", () => {
    const { peer, read } = world(clean, 1);
    expect(valuesOf(read())).toEqual(peer.values);
    expect(peer).toMatchObject({ lists: 1, asks: 0 });
  });

  it("is not read again while the aircraft's hash is that of the copy", () => {
    const { peer, read } = world(clean, 1);
    const first = read();
    expect(read()).toEqual({ ...first, fromCopy: true });
    expect(peer).toMatchObject({ lists: 1, asks: 1 });
  });

  it("is read again when the hash is another one, and names what changed", () => {
    const { peer, read } = world(clean, 1);
    read();
    peer.values[7] = 99;
    expect(read()).toMatchObject({ kind: "whole", fromCopy: false, changed: ["P_7"] });
    expect(peer.lists).toBe(2);
  });

  it("ends by quiet where the autopilot has no hash, and is then read anew each time", () => {
    const { peer, read } = world(clean, 1);
    peer.hashes = false;
    expect(read()).toMatchObject({ kind: "whole", hash: undefined });
    expect(valuesOf(read())).toEqual(peer.values);
    expect(peer.lists).toBe(2);
  });

  it.each([
    ["5 % loss", { loss: 0.05, duplicate: 0, delayMs: 20 }],
    ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 60 }],
    ["one byte in two hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }],
    ["20 % loss and 2 s of delay", { loss: 0.2, duplicate: 0.1, delayMs: 2_000 }],
  ])("is equal to the lossless one at %s, or says that it is not whole", (_name, faults) => {
    let whole = 0;
    for (let seed = 1; seed <= 25; seed++) {
      const { peer, read } = world(faults, seed);
      const set = read();
      expect(set, `seed ${seed} must end`).toBeDefined();
      if (set?.kind !== "whole") continue;
      whole++;
      expect(valuesOf(set), `seed ${seed}`).toEqual(peer.values);
    }
    expect(whole).toBeGreaterThanOrEqual(faults.delayMs >= 2_000 ? 1 : 23);
  });

  it("says that nobody lists anything when nothing comes", () => {
    expect(world({ ...clean, loss: 1 }, 1).read()).toEqual({
      kind: "failed",
      reason: "the aircraft does not list its parameters",
    });
  });

  it("believes no count beyond reason", () => {
    const { desk, clock, read } = world({ ...clean, loss: 1 }, 1);
    for (let n = 1; n < 50; n++)
      clock.after(n * 10, () =>
        desk.onValue(
          message("PARAM_VALUE", {
            paramId: `X${n}`,
            paramType: 9,
            paramIndex: n,
            paramCount: paramTiming.mostParameters + 1,
          }),
        ),
      );
    expect(read()).toMatchObject({ kind: "failed" });
  });
});
