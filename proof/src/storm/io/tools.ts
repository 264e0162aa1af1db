import { createHash, createHmac } from "node:crypto";
import type { SignTools } from "@outrider/sim";

export const stormTools: SignTools = {
  sha256Hex: (body) => createHash("sha256").update(body, "utf8").digest("hex"),
  hmacSha256Hex: (keyHex, text) => createHmac("sha256", Buffer.from(keyHex, "hex")).update(text, "utf8").digest("hex"),
};
