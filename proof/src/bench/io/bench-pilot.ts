import type { LaunchView, RoomViews, StationToLive } from "@outrider/contract";
import { WebSocket } from "ws";
import { StationUser } from "../../rig/io/station-user.js";

type Seen = (launch: LaunchView, atMs: number) => void;

/** A pilot-in-command at a real socket: on watch, present, quick. */
export class BenchPilot {
  readonly user: StationUser;
  readonly #base: string;
  readonly #watchers = new Set<Seen>();
  #socket: WebSocket | undefined;
  #fleet: RoomViews["fleet"] | undefined;
  #launches: readonly LaunchView[] = [];
  #clockOffMs = 0;

  constructor(base: string) {
    this.#base = base;
    this.user = new StationUser(base);
  }

  get ready(): number {
    return this.#fleet?.aircraft.filter((one) => one.ready).length ?? 0;
  }

  get launches(): readonly LaunchView[] {
    return this.#launches;
  }

  /** What keeps an aircraft from being ready, for an error that says something. */
  get fleetText(): string {
    return JSON.stringify(this.#fleet?.aircraft ?? "no fleet view").slice(0, 1_500);
  }

  /** The station's run time. */
  nowMs(): number {
    return Date.now() + this.#clockOffMs;
  }

  async signOn(): Promise<void> {
    const { body } = await this.user.act("login", { demoRole: "all" });
    const personId = textOf(body, "personId");
    const { body: ticket } = await this.user.act("liveTicket", {});
    const socket = new WebSocket(`${this.#base.replace("http", "ws")}/live`, {
      headers: { origin: this.#base, cookie: this.user.cookie },
    });
    this.#socket = socket;
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      // Whatever is text on this wire is one of its messages.
      if (!isBinary) this.#hear(JSON.parse(data.toString("utf8")) as StationToLive);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    this.#send({ kind: "hello", version: 1, ticket: textOf(ticket, "ticket") });
    for (const room of [`pilot:${personId}`, "fleet"]) this.#send({ kind: "join", room });
    const beat = setInterval(() => this.#send({ kind: "presence" }), 5_000);
    socket.on("close", () => clearInterval(beat));
    socket.on("error", () => undefined);
    this.#send({ kind: "presence" });
    const started = await this.user.act("startWatch", { soundTested: true, notConfiguredRead: true });
    if (started.status >= 300) throw new Error(`no watch: ${JSON.stringify(started.body)}`);
  }

  /** The first proposal for which `fits` holds. */
  proposal(fits: (launch: LaunchView) => boolean, withinMs: number): Promise<{ launch: LaunchView; atMs: number }> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#watchers.delete(seen);
        reject(new Error(`no proposal within ${withinMs / 1000} s; fleet: ${this.fleetText}`));
      }, withinMs);
      const seen: Seen = (launch, atMs) => {
        if (launch.phase !== "proposed" || !fits(launch)) return;
        clearTimeout(late);
        this.#watchers.delete(seen);
        resolve({ launch, atMs });
      };
      this.#watchers.add(seen);
    });
  }

  async decline(launch: LaunchView): Promise<void> {
    const body = { version: launch.version, reason: "bench" };
    await this.user.act("declineLaunch", body, { launchId: launch.launchId });
  }

  /** Whatever a gate could not measure is settled first; then the approval, and when it was sent. */
  async approve(launch: LaunchView): Promise<number> {
    const params = { launchId: launch.launchId };
    for (const gate of launch.gates.filter((one) => one.state === "unknown"))
      await this.user.act("settleGate", { version: launch.version, gate: gate.gate, text: "bench" }, params);
    const sentMs = performance.now();
    const body = { version: launch.version, nonce: launch.nonce, uid: launch.choice.uid };
    const answer = await this.user.act("approveLaunch", body, params);
    if (answer.status >= 300) throw new Error(`not approved: ${JSON.stringify(answer.body)}`);
    return sentMs;
  }

  async abort(launch: LaunchView): Promise<void> {
    await this.user.act("abortLaunch", { reason: "bench" }, { launchId: launch.launchId });
  }

  async closeIncident(launch: LaunchView): Promise<void> {
    await this.user.act("closeIncident", { real: "unknown", reason: "bench" }, { incidentId: launch.incidentId });
  }

  close(): void {
    this.#socket?.terminate();
  }

  #send(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(message: StationToLive): void {
    const atMs = performance.now();
    if (message.kind === "welcome") this.#clockOffMs = message.nowMs - Date.now();
    if (message.kind !== "room") return;
    if (message.room === "fleet") this.#fleet = message.view as RoomViews["fleet"];
    if (!message.room.startsWith("pilot:")) return;
    this.#launches = (message.view as RoomViews["pilot"]).launches;
    for (const launch of this.#launches) for (const seen of [...this.#watchers]) seen(launch, atMs);
  }
}

function textOf(body: unknown, field: string): string {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : undefined;
  if (typeof value !== "string") throw new Error(`the station's answer has no ${field}: ${JSON.stringify(body)}`);
  return value;
}
