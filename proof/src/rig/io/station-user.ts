import type { ActBody, ActName } from "@outrider/contract";
import { acts } from "@outrider/contract";

export type Answer = { readonly status: number; readonly body: unknown };

/** A person at the station's HTTP API: signs in as the page does, with its cookie and Origin. */
export class StationUser {
  readonly base: string;
  #cookie = "";

  constructor(base: string) {
    this.base = base;
  }

  get cookie(): string {
    return this.#cookie;
  }

  async act<N extends ActName>(
    name: N,
    body: ActBody<N>,
    params: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { method, path } = acts[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ""));
    const response = await fetch(`${this.base}/api/v1${filled}`, {
      method,
      headers: { "content-type": "application/json", origin: this.base, cookie: this.#cookie },
      body: JSON.stringify(body),
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (cookie !== undefined && cookie !== "") this.#cookie = cookie;
    return { status: response.status, body: parse(await response.text()) };
  }

  async get(path: string): Promise<Answer> {
    const response = await fetch(`${this.base}/api/v1${path}`, { headers: { cookie: this.#cookie } });
    return { status: response.status, body: parse(await response.text()) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
