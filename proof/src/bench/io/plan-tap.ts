import { createSocket, type Socket } from "node:dgram";
import { decode, FrameReader, MavCmd, type MavMessage } from "@outrider/mavlink";

export type Heard = { readonly uidPort: number; readonly atMs: number; readonly what: "plan" | "arm" };

/**
 * Stands between the simulated aircraft and the bridge, where an aircraft's own socket is: forwards every datagram
 * both ways and says when the first byte of a plan, or an order to arm, goes to an aircraft.
 */
export class PlanTap {
  readonly port: number;
  readonly #front: Socket;
  readonly #backs = new Map<number, Socket>();
  readonly #bridgePort: number;
  readonly #listeners = new Set<(heard: Heard) => void>();
  #lastPlanMs = Number.NEGATIVE_INFINITY;

  private constructor(front: Socket, bridgePort: number) {
    this.#front = front;
    this.#bridgePort = bridgePort;
    this.port = front.address().port;
    front.on("message", (bytes, from) => this.#back(from.port).send(bytes, this.#bridgePort, "127.0.0.1"));
  }

  static async open(bridgePort: number): Promise<PlanTap> {
    const front = createSocket("udp4");
    await new Promise<void>((resolve) => front.bind(0, "127.0.0.1", resolve));
    return new PlanTap(front, bridgePort);
  }

  #back(aircraftPort: number): Socket {
    const known = this.#backs.get(aircraftPort);
    if (known !== undefined) return known;
    const back = createSocket("udp4");
    const reader = new FrameReader({ reuseFrame: true });
    back.on("message", (bytes) => {
      const atMs = performance.now();
      this.#front.send(bytes, aircraftPort, "127.0.0.1");
      reader.pushDatagram(bytes, (frame) => this.#look(decode(frame), aircraftPort, atMs));
    });
    back.on("error", () => undefined);
    this.#backs.set(aircraftPort, back);
    return back;
  }

  #look(message: MavMessage | undefined, uidPort: number, atMs: number): void {
    const what = message === undefined ? undefined : kindOf(message);
    if (what === "plan") this.#lastPlanMs = atMs;
    if (what !== undefined) for (const listener of [...this.#listeners]) listener({ uidPort, atMs, what });
  }

  /** No upload has begun for that long: what comes next belongs to what is done next. */
  quietFor(ms: number): boolean {
    return performance.now() - this.#lastPlanMs > ms;
  }

  /** The next of its kind, whichever aircraft it is for. */
  next(what: Heard["what"], withinMs: number): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => done(undefined), withinMs);
      const listener = (heard: Heard): void => {
        if (heard.what === what) done(heard);
      };
      const done = (heard: Heard | undefined): void => {
        clearTimeout(late);
        this.#listeners.delete(listener);
        if (heard === undefined) reject(new Error(`no ${what} reached an aircraft within ${withinMs / 1000} s`));
        else resolve(heard);
      };
      this.#listeners.add(listener);
    });
  }

  close(): void {
    this.#front.close();
    for (const back of this.#backs.values()) back.close();
  }
}

/** An upload begins with MISSION_COUNT, or with the wiping of an old plan. */
function kindOf(message: MavMessage): Heard["what"] | undefined {
  if (message.name === "MISSION_COUNT" || message.name === "MISSION_CLEAR_ALL") return "plan";
  const command = message.name === "COMMAND_LONG" || message.name === "COMMAND_INT" ? message.command : undefined;
  return command === MavCmd.COMPONENT_ARM_DISARM ? "arm" : undefined;
}
