import { type BridgeToStation, encodeSamples } from "@outrider/contract";
import { WebSocket } from "ws";
import { manyAircraft, uidOf } from "../fanout/many-aircraft.js";

/** A bridge that has many aircraft and nothing else: dials as the real one does and sends its samples. */
export class FakeBridge {
  readonly #socket: WebSocket;
  readonly #count: number;
  #feeding: NodeJS.Timeout | undefined;

  private constructor(socket: WebSocket, count: number) {
    this.#socket = socket;
    this.#count = count;
    // A station hangs up on a bridge that says nothing for seconds.
    const health = setInterval(() => this.#tell({ kind: "health", links: [], heartbeatsOut: true }), 1_000);
    socket.on("close", () => clearInterval(health));
  }

  static async dial(url: string, token: string, count: number): Promise<FakeBridge> {
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.on("error", () => undefined);
    const bridge = new FakeBridge(socket, count);
    bridge.#tell({ kind: "hello", version: 1, bridgeId: "bridge-1", bootId: "bench", lastSeq: 0, provenance: "sim" });
    const handles = Array.from({ length: count }, (_, i) => ({ handle: i + 1, uid: uidOf(i + 1), sysid: i + 1 }));
    bridge.#tell({ kind: "handles", handles });
    return bridge;
  }

  /** All aircraft in one frame, as the bridge batches them, `perS` times a second. */
  feed(perS: number): void {
    this.rest();
    this.#feeding = setInterval(() => {
      const nowMs = Date.now();
      this.#socket.send(encodeSamples(manyAircraft(this.#count, nowMs), nowMs));
    }, 1000 / perS);
  }

  rest(): void {
    clearInterval(this.#feeding);
  }

  close(): void {
    this.rest();
    this.#socket.terminate();
  }

  #tell(message: BridgeToStation): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
