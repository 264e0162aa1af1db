import {
  type ActBody,
  type ActName,
  acts,
  type Clock,
  type Connection,
  type LiveToStation,
  liveVersion,
  type StationToLive,
} from "@outrider/contract";
import { type StormHttp, stormOrigin } from "./machines.js";
import type { SimNetwork } from "./sim-network.js";

export type RoomMessage = Omit<Extract<StationToLive, { kind: "room" }>, "view">;

/** A room's view as it came. It is read only when somebody looks: most of what a screen is sent nobody looks at. */
export class RoomView {
  readonly text: string;
  #parsed: unknown;

  constructor(text: string) {
    this.text = text;
  }

  get parsed(): unknown {
    this.#parsed ??= JSON.parse(this.text);
    return this.#parsed;
  }
}

export type UserDeps = {
  readonly clock: Clock;
  readonly http: StormHttp;
  readonly net: SimNetwork;
  readonly role: "pic" | "rtcc" | "trainer" | "supervisor" | "all";
  onRoom(message: RoomMessage, view: RoomView): void;
  onReady(): void;
  onAnswer?(act: string, status: number, body: string): void;
};

const retryMs = 700;

/** A person at a browser in the simulated world: signs in, holds one live connection, comes back when it is cut. */
export class StormUser {
  readonly deps: UserDeps;
  personId = "";
  #cookie = "";
  #connection: Connection | undefined;
  #rooms = new Set<string>();
  #seen = new Map<string, number>();
  #present = true;

  constructor(deps: UserDeps) {
    this.deps = deps;
  }

  start(): void {
    this.#signIn();
    this.#beat();
  }

  get connected(): boolean {
    return this.#connection !== undefined;
  }

  get present(): boolean {
    return this.#present;
  }

  /** Gone from the desk: the page stays open, nobody touches it. */
  setPresent(present: boolean): void {
    this.#present = present;
  }

  join(room: string): void {
    if (this.#rooms.has(room)) return;
    this.#rooms.add(room);
    this.#say({ kind: "join", room, ...this.#since(room) });
  }

  act<N extends ActName>(
    name: N,
    body: ActBody<N>,
    params: Readonly<Record<string, string>> = {},
    done: (status: number, body: unknown) => void = () => undefined,
  ): void {
    const { method, path } = acts[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? "");
    const headers = { "content-type": "application/json", origin: stormOrigin, cookie: this.#cookie };
    this.deps.http.request(
      { method, url: `${stormOrigin}/api/v1${filled}`, headers, body: JSON.stringify(body) },
      (answer) => {
        if (answer.kind === "error") return done(0, undefined);
        this.deps.onAnswer?.(name, answer.status, answer.body);
        done(answer.status, parse(answer.body));
      },
    );
  }

  #since(room: string): { since?: number } {
    const since = this.#seen.get(room);
    return since === undefined ? {} : { since };
  }

  #say(message: LiveToStation): void {
    this.#connection?.send(JSON.stringify(message));
  }

  #beat(): void {
    this.deps.clock.after(5_000, () => {
      if (this.#present) this.#say({ kind: "presence" });
      this.#beat();
    });
  }

  #signIn(): void {
    this.deps.http.request(
      {
        method: "POST",
        url: `${stormOrigin}/api/v1/session`,
        headers: { "content-type": "application/json", origin: stormOrigin },
        body: JSON.stringify({ demoRole: this.deps.role }),
      },
      (answer) => {
        if (answer.kind === "error" || answer.status >= 300)
          return void this.deps.clock.after(retryMs, () => this.#signIn());
        this.#cookie = cookieOf(answer.headers);
        this.#dial();
      },
    );
  }

  #dial(): void {
    this.act("liveTicket", {}, {}, (status, body) => {
      const ticket = typeof body === "object" && body !== null && "ticket" in body ? String(body.ticket) : undefined;
      if (status === 401) return void this.deps.clock.after(retryMs, () => this.#signIn());
      if (ticket === undefined) return void this.deps.clock.after(retryMs, () => this.#dial());
      this.deps.net.dialer(this.deps.clock).dial(
        "ws://127.0.0.1:8080/live",
        { host: "127.0.0.1:8080", origin: stormOrigin, cookie: this.#cookie },
        {
          onOpen: (connection) => {
            this.#connection = connection;
            this.#say({ kind: "hello", version: liveVersion, ticket });
          },
          onMessage: (data) => {
            if (typeof data === "string") this.#read(data);
          },
          onClose: () => {
            this.#connection = undefined;
            this.deps.clock.after(retryMs, () => this.#dial());
          },
        },
      );
    });
  }

  #read(text: string): void {
    const room = text.startsWith(roomStart) ? splitRoom(text) : undefined;
    if (room === undefined) return this.#hear(JSON.parse(text));
    this.#seen.set(room.message.room, room.message.seq);
    this.deps.onRoom(room.message, room.view);
  }

  #hear(message: Exclude<StationToLive, { kind: "room" }>): void {
    if (message.kind === "refused" || message.kind === "bye")
      this.deps.onAnswer?.(message.kind, 400, JSON.stringify(message).slice(0, 200));
    if (message.kind === "welcome") {
      this.personId = message.session.personId;
      for (const room of this.#rooms) this.#say({ kind: "join", room, ...this.#since(room) });
      this.deps.onReady();
    }
  }
}

const roomStart = '{"kind":"room"';
const viewStart = ',"view":';

/** The facts are read at once. An inner member of the same name would leave unbalanced text, and the next one is tried. */
function splitRoom(text: string): { message: RoomMessage; view: RoomView } {
  for (let at = text.indexOf(viewStart); at >= 0; at = text.indexOf(viewStart, at + 1)) {
    try {
      // The station's own type; a test of the wire lives beside the station.
      const message = JSON.parse(`${text.slice(0, at)}}`) as RoomMessage;
      return { message, view: new RoomView(text.slice(at + viewStart.length, -1)) };
    } catch {
      // Inside a fact.
    }
  }
  throw new Error("a room message without a view");
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const cookieOf = (headers: Readonly<Record<string, string>>): string =>
  (headers["set-cookie"] ?? "").split(";")[0] ?? "";
