import { afterEach, describe, expect, it } from "vitest";
import type { Link, LinkHandlers, LinkState } from "../index.js";

/** The other end of a link under test, in the test's hand. */
export type FarEnd = {
  /** There, and able to be reached; called once before the link opens. */
  appear(): void | Promise<void>;
  vanish(): void | Promise<void>;
  say(bytes: Uint8Array): void;
  /** Bytes that came, in order. */
  readonly heard: number[];
};

export type LinkRig = {
  readonly link: Link;
  readonly far: FarEnd;
  /** Lets time pass until it is so; fails when it does not become so. */
  until(what: string, test: () => boolean, withinMs: number): Promise<void>;
  end(): void | Promise<void>;
};

export type LinkTraits = {
  /** An end of the other side can be seen: a hang-up, an unplugged port. Datagrams have none. */
  readonly seesEnds: boolean;
  /** It sends to its own peers only; a UDP server sends to whatever address it is told. */
  readonly knowsPeers: boolean;
};

type Said = {
  readonly states: LinkState[];
  readonly bytes: number[];
  readonly gone: string[];
  peer: string | undefined;
};

function listen(link: Link): Said {
  const said: Said = { states: [], bytes: [], gone: [], peer: undefined };
  const handlers: LinkHandlers = {
    onBytes(bytes, peer) {
      said.bytes.push(...bytes);
      said.peer = peer;
    },
    onState: (state) => said.states.push(state),
    onPeerGone: (peer) => said.gone.push(peer),
  };
  link.open(handlers);
  return said;
}

type Opened = LinkRig & { readonly said: Said };

async function begin(rig: LinkRig): Promise<Opened> {
  await rig.far.appear();
  const said = listen(rig.link);
  await rig.until("it is open", () => said.states.at(-1) === "open", 10_000);
  return { ...rig, said };
}

/** Speaks first, as an autopilot does, until it is heard; then it is a peer that can be answered. */
async function greeted({ far, said, until }: Opened, byte: number): Promise<string> {
  await until(
    "its peer is heard",
    () => {
      far.say(Uint8Array.of(byte));
      return said.bytes.includes(byte);
    },
    20_000,
  );
  return said.peer ?? "";
}

async function carriesBothWays(rig: Opened): Promise<void> {
  expect(rig.said.states[0]).toBe("opening");
  const peer = await greeted(rig, 1);
  expect(rig.link.send(Uint8Array.of(7, 8, 9), peer)).toBe(true);
  await rig.until("the other end heard", () => rig.far.heard.length >= 3, 5_000);
  expect(rig.far.heard.slice(0, 3)).toEqual([7, 8, 9]);
}

async function carriesAgain(rig: Opened, traits: LinkTraits): Promise<void> {
  await greeted(rig, 1);
  await rig.far.vanish();
  if (traits.seesEnds)
    await rig.until("it says within a second that its peer is gone", () => rig.said.gone.length > 0, 1_000);
  await rig.far.appear();
  const peer = await greeted(rig, 2);
  const before = rig.far.heard.length;
  await rig.until(
    "the other end hears again",
    () => rig.link.send(Uint8Array.of(5), peer) && rig.far.heard.length > before,
    20_000,
  );
}

async function staysClosed(rig: Opened): Promise<void> {
  const peer = await greeted(rig, 1);
  rig.link.close();
  const [states, bytes] = [rig.said.states.length, rig.said.bytes.length];
  expect(rig.link.send(Uint8Array.of(1), peer)).toBe(false);
  rig.far.say(Uint8Array.of(3));
  let looks = 0;
  await rig.until("time has passed", () => ++looks > 4, 5_000);
  expect([rig.said.states.length, rig.said.bytes.length]).toEqual([states, bytes]);
}

/** What every kind of link keeps, whatever it runs over. */
export function linkContract(name: string, traits: LinkTraits, make: () => LinkRig | Promise<LinkRig>): void {
  describe(`a ${name} link`, () => {
    const rigs: LinkRig[] = [];
    afterEach(async () => {
      for (const rig of rigs.splice(0)) {
        rig.link.close();
        await rig.end();
      }
    });
    const opened = async (): Promise<Opened> => {
      const rig = await make();
      rigs.push(rig);
      return begin(rig);
    };

    it("opens, says so, and carries bytes both ways", async () => carriesBothWays(await opened()));

    it("carries again by itself when the other end comes back", async () => carriesAgain(await opened(), traits));

    it("is silent after it was closed, and stays closed", async () => staysClosed(await opened()));

    it("sends to nobody that it does not have", async () => {
      const rig = await opened();
      await greeted(rig, 1);
      if (traits.knowsPeers) expect(rig.link.send(Uint8Array.of(1), "198.51.100.1:9")).toBe(false);
      expect(rig.far.heard).toEqual([]);
    });
  });
}
