import type { Chance, Clock, HttpClient, Log } from "@outrider/contract";
import { type SignTools, type SourceKey, signedHeaders } from "../sensors/index.js";

export type PosterDeps = {
  readonly http: HttpClient;
  readonly wall: Clock;
  readonly chance: Chance;
  readonly tools: SignTools;
  readonly base: string;
  readonly log: Log;
};

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Posts what sensors and callers report to the station's public intake, signed as any source would. */
export class Poster {
  readonly #deps: PosterDeps;

  constructor(deps: PosterDeps) {
    this.#deps = deps;
  }

  post(path: string, document: unknown, key: SourceKey, done?: (status: number | undefined) => void): void {
    const { http, wall, chance, tools, base, log } = this.#deps;
    const body = JSON.stringify(document);
    const host = new URL(base).host;
    const headers = signedHeaders(
      { method: "POST", host, path, body },
      key,
      wall.nowMs() / 1000,
      hex(chance.bytes(16)),
      tools,
    );
    http.request({ method: "POST", url: `${base}${path}`, headers, body }, (response) => {
      if (response.kind === "error")
        log("warn", "sensor post failed; a real sensor would try again", { path, error: response.error.message });
      else if (response.status >= 400)
        log("warn", "sensor post refused", { path, status: response.status, body: response.body.slice(0, 300) });
      done?.(response.kind === "ok" ? response.status : undefined);
    });
  }
}
