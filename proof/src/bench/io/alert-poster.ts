import { createHash, createHmac, randomBytes } from "node:crypto";
import type { GeoPoint, HttpRequest } from "@outrider/contract";
import { signedHeaders } from "@outrider/sim";

const tools = {
  sha256Hex: (body: string): string => createHash("sha256").update(body, "utf8").digest("hex"),
  hmacSha256Hex: (keyHex: string, text: string): string =>
    createHmac("sha256", Buffer.from(keyHex, "hex")).update(text, "utf8").digest("hex"),
};
const path = "/api/v1/intake/native";

/** A signed alert of our own form, as a dispatch system would post it. `title` names it on the pilot's card. */
export function alertRequest(
  wish: { readonly title: string; readonly point: GeoPoint; readonly tMs: number },
  host: string,
  keyHex: string,
): HttpRequest & { readonly text: string } {
  const text = JSON.stringify({
    sourceIncidentId: randomBytes(8).toString("hex"),
    revision: 1,
    kind: "call",
    callType: "BURG",
    title: wish.title,
    narrative: "Somebody is breaking a shop window.",
    urgency: 6,
    place: { point: wish.point, error: { semiMajorM: 20, semiMinorM: 20, bearingDeg: 0 }, label: wish.title },
    occurredAtMs: wish.tMs - 2_000,
  });
  const key = { sourceId: "bench-cad", keyId: "1", keyHex };
  const nonce = randomBytes(16).toString("hex");
  const headers = signedHeaders({ method: "POST", host, path, body: text }, key, Date.now() / 1000, nonce, tools);
  const body = new TextEncoder().encode(text);
  return { method: "POST", path, query: {}, headers: { ...headers, host }, body, remote: "127.0.0.1", text };
}

/** Posts it over HTTP; answers when the station has accepted it. */
export async function postAlert(base: string, request: ReturnType<typeof alertRequest>): Promise<void> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || name === "host" ? [] : [[name, value] as [string, string]],
  );
  const response = await fetch(`${base}${path}`, { method: "POST", headers, body: request.text });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the alert was refused: ${response.status} ${answer}`);
}
