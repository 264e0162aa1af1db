import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GeoPoint } from "@outrider/contract";
import { eidoDocument, gunshotDocument, signedHeaders } from "@outrider/sim";
import type { Answer } from "../../rig/io/station-user.js";

const tools = {
  sha256Hex: (body: string): string => createHash("sha256").update(body, "utf8").digest("hex"),
  hmacSha256Hex: (keyHex: string, text: string): string =>
    createHmac("sha256", Buffer.from(keyHex, "hex")).update(text, "utf8").digest("hex"),
};

export type Posting = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The systems that report to the station: each signs with its own key, as an agency's CAD and gunshot network do. */
export class Reporters {
  readonly #base: string;
  readonly #keys: string;

  constructor(base: string, folder: string) {
    this.#base = base;
    this.#keys = join(folder, "keys");
  }

  sign(path: string, sourceId: string, body: string): Posting {
    const keyHex = readFileSync(join(this.#keys, `${sourceId}.key`), "utf8").trim();
    const request = { method: "POST", host: new URL(this.#base).host, path, body };
    const nonce = randomBytes(16).toString("hex");
    return {
      path,
      body,
      headers: signedHeaders(request, { sourceId, keyId: "1", keyHex }, Date.now() / 1000, nonce, tools),
    };
  }

  call(tMs: number, point: GeoPoint, address: string): Posting {
    const id = randomBytes(6).toString("hex");
    const document = eidoDocument({
      incidentUrn: `urn:emergency:uid:incidentid:${id}:psap.demo.example`,
      internalId: `26-${id}`,
      tMs,
      callType: "SHOOT",
      priority: 9,
      point,
      radiusM: 40,
      address,
      narrative: "Caller heard several bangs. A car left fast.",
      status: "Active",
    });
    return this.sign("/api/v1/intake/eido", "demo-cad", JSON.stringify(document));
  }

  shots(tMs: number, point: GeoPoint, address: string): Posting {
    const document = gunshotDocument({
      source: "demo-shots",
      sourceIncidentId: randomBytes(6).toString("hex"),
      revision: 1,
      occurredMs: tMs - 5_000,
      publishedMs: tMs,
      point,
      radiusM: 25,
      address,
      rounds: 4,
      workflow: "published",
      kind: "gunfire",
    });
    return this.sign("/api/v1/intake/gunshot", "demo-shots", JSON.stringify(document));
  }

  async send(posting: Posting): Promise<Answer & { readonly type: string }> {
    const response = await fetch(`${this.#base}${posting.path}`, {
      method: "POST",
      headers: posting.headers,
      body: posting.body,
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get("content-type") ?? "", body: parsed(text) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
