import type { Fact, RoomKind, StationToLive } from "@outrider/contract";
import type { Kernel, Session, StationPart, ViewAnswer } from "../kernel/index.js";
import { factFor, hasAny, roomRights } from "../people/index.js";
import type { LiveClient } from "./client.js";
import { type RoomAddress, roomAddress } from "./room-rights.js";
import { ViewTexts } from "./view-texts.js";

type Refusal = { readonly kind: "refused"; readonly why: string };
type Seen = { readonly kind: "view"; readonly view: object };

type RoomView = (key: string, viewer: Session) => ViewAnswer<object>;

type Shown = { readonly kind: "shown"; readonly text: string; readonly seq: number };

/** A message that shows state which is not on disk yet: what is on screen must be in the record. */
type Held = { readonly needSeq: number; readonly deliver: () => void };

/** Makes the messages of rooms and lets each go only when everything it shows is durable. */
export class RoomSender {
  readonly #kernel: Kernel;
  readonly #parts: () => readonly StationPart[];
  readonly #recordWritable: () => boolean;
  readonly #texts = new ViewTexts();
  readonly #viewsOf = new Map<RoomKind, readonly RoomView[]>();
  #round: Map<string, Shown> | undefined;
  #held: Held[] = [];
  #durableSeq: number;

  constructor(kernel: Kernel, parts: () => readonly StationPart[], recordWritable: () => boolean) {
    this.#kernel = kernel;
    this.#parts = parts;
    this.#recordWritable = recordWritable;
    this.#durableSeq = kernel.seq;
  }

  /** After replay everything that the kernel knows is durable. */
  start(): void {
    this.#durableSeq = this.#kernel.seq;
  }

  get durableSeq(): number {
    return this.#durableSeq;
  }

  durable(seq: number): void {
    this.#durableSeq = Math.max(this.#durableSeq, seq);
    while (this.#held[0] !== undefined && this.#held[0].needSeq <= this.#durableSeq) this.#held.shift()?.deliver();
  }

  /** While the record cannot be written the screens go on: somebody is flying. */
  releaseAll(): void {
    const held = this.#held;
    this.#held = [];
    for (const one of held) one.deliver();
  }

  /** Within `send` a room that looks the same to everybody is made once for all of them, as long as no fact comes between. */
  inOneRound(send: () => void): void {
    this.#round = new Map();
    try {
      send();
    } finally {
      this.#round = undefined;
    }
  }

  /** A view that takes neither key nor viewer cannot differ between those who may see it. */
  #isCommon(kind: RoomKind): boolean {
    return this.#views(kind).every((view) => view.length === 0);
  }

  /** Parts are there from the start, and what they show of a room is asked for all the time. */
  #views(kind: RoomKind): readonly RoomView[] {
    let views = this.#viewsOf.get(kind);
    if (views === undefined) {
      views = this.#parts().flatMap((part) => part.views?.[kind] ?? []);
      this.#viewsOf.set(kind, views);
    }
    return views;
  }

  #shown(room: string, address: RoomAddress, viewer: Session): Shown | Refusal {
    const held = hasAny(viewer.roles, roomRights[address.kind]) ? this.#round?.get(room) : undefined;
    if (held?.seq === this.#kernel.seq) return held;
    const seen = this.view(address, viewer);
    if (seen.kind === "refused") return seen;
    const shown: Shown = { kind: "shown", text: this.#texts.of(seen.view), seq: this.#kernel.seq };
    if (this.#isCommon(address.kind)) this.#round?.set(room, shown);
    return shown;
  }

  view(address: RoomAddress, viewer: Session): Seen | Refusal {
    if (!hasAny(viewer.roles, roomRights[address.kind])) return { kind: "refused", why: "Your role may not see this." };
    let view: object | undefined;
    let refusal: Refusal | undefined;
    for (const viewOf of this.#views(address.kind)) {
      const answer = viewOf(address.key, viewer);
      if (answer.kind === "refused") refusal = answer;
      else view = view === undefined ? answer.view : { ...view, ...answer.view };
    }
    if (view !== undefined) return { kind: "view", view };
    return refusal ?? { kind: "refused", why: "This station has no such room." };
  }

  /**
   * Sends the room as it is now. Without facts and without a change in the view nothing is sent; `always` answers a
   * join. A view that this viewer may no longer have ends the room for him.
   */
  send(client: LiveClient, room: string, facts: readonly Fact[], always: boolean): void {
    const { session } = client;
    const joined = client.rooms.get(room);
    const address = roomAddress(room);
    if (session === undefined || joined === undefined || address === undefined) return;
    const seen = this.#shown(room, address, session);
    if (seen.kind === "refused") {
      client.rooms.delete(room);
      client.send({ kind: "refused", room, why: seen.why });
      return;
    }
    const seq = this.#kernel.seq;
    const viewText = seen.text;
    const visible = facts.flatMap((fact) => factFor(fact, session.roles) ?? []);
    if (!always && visible.length === 0 && joined.lastText === viewText) return;
    joined.lastText = viewText;
    const head: Omit<Extract<StationToLive, { kind: "room" }>, "view"> = { kind: "room", room, seq, facts: visible };
    const text = `${JSON.stringify(head).slice(0, -1)},"view":${viewText}}`;
    const deliver = (): void => {
      if (client.rooms.has(room)) client.sendText(text);
    };
    if (seq <= this.#durableSeq || !this.#recordWritable()) deliver();
    else this.#held.push({ needSeq: seq, deliver });
  }
}
