import { type AircraftSample, type BridgeToStation, bridgeToStation, decodeSamples } from "@outrider/contract";
import { type WebSocket, WebSocketServer } from "ws";

type Said<K extends BridgeToStation["kind"]> = Extract<BridgeToStation, { kind: K }>;
export type ToldFact = Said<"fact">;

/** The station's end of the bridge wire and nothing behind it: welcomes, acknowledges, feeds, and notes what it is told. */
export class StationStandIn {
  readonly facts: ToldFact[] = [];
  /** Facts whose number was not the next one: none may be missing and none may come twice. */
  readonly outOfOrder: number[] = [];
  readonly samples = new Map<number, AircraftSample>();
  readonly uids = new Map<number, string>();
  health: Said<"health"> | undefined;
  readonly #server: WebSocketServer;
  readonly #feeding: NodeJS.Timeout;
  #socket: WebSocket | undefined;
  #n = 0;

  constructor(port: number) {
    this.#server = new WebSocketServer({ port, host: "127.0.0.1", perMessageDeflate: false });
    this.#server.on("connection", (socket) => this.#connected(socket));
    this.#feeding = setInterval(() => this.#say({ kind: "feed", n: this.#n++ }), 1_000);
  }

  get lastSeq(): number {
    return this.facts.at(-1)?.seq ?? 0;
  }

  /** Cuts the wire; the bridge dials again. */
  cut(): void {
    this.#socket?.terminate();
  }

  close(): void {
    clearInterval(this.#feeding);
    this.cut();
    this.#server.close();
  }

  #connected(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.#hearSamples(new Uint8Array(data));
      else this.#hear(data.toString("utf8"));
    });
  }

  #say(message: unknown): void {
    this.#socket?.send(JSON.stringify(message), () => undefined);
  }

  #hear(text: string): void {
    const read = bridgeToStation.safeParse(JSON.parse(text));
    if (!read.success) return;
    const message = read.data;
    switch (message.kind) {
      case "hello":
        this.#say({ kind: "welcome", version: 1, haveSeq: this.lastSeq });
        return;
      case "fact":
        if (message.seq !== this.lastSeq + 1) this.outOfOrder.push(message.seq);
        this.facts.push(message);
        this.#say({ kind: "ack", seq: message.seq });
        return;
      case "health":
        this.health = message;
        return;
      case "handles":
        for (const { handle, uid } of message.handles) this.uids.set(handle, uid);
        return;
      case "docks":
      case "pong":
        return;
    }
  }

  #hearSamples(bytes: Uint8Array): void {
    for (const sample of decodeSamples(bytes)?.samples ?? []) this.samples.set(sample.handle, sample);
  }
}
