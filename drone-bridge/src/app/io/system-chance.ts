import { randomBytes } from "node:crypto";
import type { Chance } from "@outrider/contract";

export const systemChance: Chance = {
  unit: () => randomBytes(4).readUInt32LE() / 2 ** 32,
  bytes: (length) => new Uint8Array(randomBytes(length)),
  id: (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`,
};
