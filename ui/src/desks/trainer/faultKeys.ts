import type { SimFault } from "@outrider/contract";

/** A fault of the radio, the answers or the clock, as the palette offers it. */
export type FaultKeyId =
  | "packet-loss"
  | "duplicate"
  | "reorder"
  | "delay"
  | "byte-noise"
  | "no-ack"
  | "wrong-ack"
  | "duplicate-sysid"
  | "clock-skew";

interface FaultKey {
  readonly key: string;
  readonly title: string;
  readonly ended: string;
  readonly text: string;
  readonly fault: SimFault;
}

/** Long enough to be seen and dealt with, short enough that a class goes on. */
export const FAULT_S = 30;

export const FAULT_KEYS: Readonly<Record<FaultKeyId, FaultKey>> = {
  "packet-loss": {
    key: "I",
    title: "Packets lost",
    ended: "lost packets",
    text: "30% gone",
    fault: { kind: "packet-loss", probability: 0.3 },
  },
  duplicate: {
    key: "J",
    title: "Packets doubled",
    ended: "doubled packets",
    text: "30% twice",
    fault: { kind: "duplicate", probability: 0.3 },
  },
  reorder: {
    key: "O",
    title: "Packets out of order",
    ended: "disorder",
    text: "30% late",
    fault: { kind: "reorder", probability: 0.3, delayMs: 300 },
  },
  delay: {
    key: "Q",
    title: "Slow link",
    ended: "slow links",
    text: "0.8 s each way",
    fault: { kind: "delay", delayMs: 800, jitterMs: 200 },
  },
  "byte-noise": {
    key: "W",
    title: "Noise on the link",
    ended: "noise",
    text: "20% spoilt",
    fault: { kind: "byte-noise", probability: 0.2 },
  },
  "no-ack": { key: "Y", title: "No answers", ended: "missing answers", text: "orders done", fault: { kind: "no-ack" } },
  "wrong-ack": {
    key: "Z",
    title: "False answers",
    ended: "false answers",
    text: "says denied",
    fault: { kind: "wrong-ack", result: 2 },
  },
  "duplicate-sysid": {
    key: ",",
    title: "Takes another's name",
    ended: "borrowed names",
    text: "system 1",
    fault: { kind: "duplicate-sysid", sysid: 1 },
  },
  "clock-skew": {
    key: ".",
    title: "Clock is wrong",
    ended: "wrong clocks",
    text: "90 s ahead",
    fault: { kind: "clock-skew", skewMs: 90_000 },
  },
};

export const FAULT_KEY_IDS: readonly FaultKeyId[] = [
  "packet-loss",
  "duplicate",
  "reorder",
  "delay",
  "byte-noise",
  "no-ack",
  "wrong-ack",
  "duplicate-sysid",
  "clock-skew",
];

export const isFaultKeyId = (kind: string): kind is FaultKeyId => FAULT_KEY_IDS.some((one) => one === kind);
