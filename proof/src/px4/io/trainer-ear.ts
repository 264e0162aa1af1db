import type { GeoPoint, RoomViews, StationToLive } from "@outrider/contract";
import { WebSocket } from "ws";
import type { StationUser } from "../../rig/io/station-user.js";

export type TrueAircraft = { readonly point: GeoPoint; readonly altAmslM: number; readonly batteryPct: number };

/** What the trainer's desk alone is told: where an aircraft truly is, and the pace of the run. */
export class TrainerEar {
  #socket: WebSocket | undefined;
  #view: RoomViews["trainer"] | undefined;
  readonly #seen = new Map<string, (truth: TrueAircraft, tMs: number) => void>();
  #lastMs = 0;

  async open(user: StationUser): Promise<void> {
    const { body } = await user.act("liveTicket", {});
    const ticket: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "ticket") : undefined;
    const socket = new WebSocket(`${user.base.replace("http", "ws")}/live`, {
      headers: { origin: user.base, cookie: user.cookie },
    });
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      // Whatever is text on this wire is one of its messages.
      if (!isBinary) this.#hear(JSON.parse(data.toString("utf8")) as StationToLive);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.send(JSON.stringify({ kind: "hello", version: 1, ticket }));
    socket.send(JSON.stringify({ kind: "join", room: "trainer" }));
  }

  /** Simulated over real time, as the station has it now. */
  get rate(): number {
    return this.#view?.run?.rate ?? 0;
  }

  get events(): readonly string[] {
    return (this.#view?.events ?? []).map((event) => event.text);
  }

  onTruth(uid: string, seen: (truth: TrueAircraft, tMs: number) => void): void {
    this.#seen.set(uid, seen);
  }

  close(): void {
    this.#socket?.terminate();
  }

  #hear(message: StationToLive): void {
    if (message.kind !== "room" || message.room !== "trainer") return;
    // This room's view by the station's own contract.
    this.#view = message.view as RoomViews["trainer"];
    const { truth } = this.#view;
    if (truth === undefined || truth.tMs <= this.#lastMs) return;
    this.#lastMs = truth.tMs;
    for (const one of truth.aircraft) this.#seen.get(one.uid)?.(one, truth.tMs);
  }
}
