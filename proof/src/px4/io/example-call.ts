import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeoPoint } from "@outrider/contract";
import { root } from "../../rig/io/demo-rig.js";

const path = "/api/v1/intake/eido";
const sourceId = "demo-cad";

/** Another place and another number than the example's own. */
export type CallAt = { readonly point: GeoPoint; readonly number: string };

/** Posts docs/examples/eido-call.json as happening now under a new id, signed as docs/examples/README.md says. */
export async function postExampleCall(base: string, keyHex: string, at?: CallAt): Promise<void> {
  const now = new Date().toISOString().slice(0, 19);
  const example = readFileSync(join(root, "docs/examples/eido-call.json"), "utf8")
    .replaceAll(/2026-11-22T21:14:\d\d(\.\d+)?/g, `${now}.000`)
    .replaceAll("a56e556d871", randomBytes(6).toString("hex"));
  const body =
    at === undefined
      ? example
      : example
          .replace("37.7701000 -122.4450000", `${at.point.latDeg} ${at.point.lonDeg}`)
          .replace("CAD-EXAMPLE-1", at.number)
          .replace("Haight St & Masonic Ave", at.number);
  const stamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString("hex");
  const hash = createHash("sha256").update(body).digest("hex");
  const text = ["v1", "POST", new URL(base).host, path, sourceId, "1", stamp, nonce, hash].join("\n");
  const signature = createHmac("sha256", Buffer.from(keyHex, "hex")).update(text).digest("hex");
  const response = await fetch(`${base}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-outrider-source": sourceId,
      "x-outrider-key-id": "1",
      "x-outrider-timestamp": stamp,
      "x-outrider-nonce": nonce,
      "x-outrider-signature": `v1=${signature}`,
    },
    body,
  });
  const answer = await response.text();
  if (response.status !== 202) throw new Error(`the call was not taken: ${response.status} ${answer}`);
}
