import type { CameraAim, CameraPose, Cancel, Clock, FactData } from "@outrider/contract";
import type { PlacedCamera } from "../../coverage/index.js";
import type { OnvifClient, Trouble } from "../onvif/onvif-client.js";
import { type PtzScale, scaleOf, toCamera, toHead } from "../onvif/ptz-scale.js";
import type { HeadStatus } from "../onvif/ptz-words.js";
import { aimGapDeg, aimOf, headOf, poseAt } from "./aim.js";
import type { KnownPreset, TurnOrder } from "./decide-turn.js";

export const headTimes = {
  /** How often a camera is asked where it looks: while it turns, while somebody watches, while an incident is near. */
  turningMs: 400,
  watchedMs: 2_000,
  nearMs: 15_000,
  firstRetryMs: 5_000,
  mostRetryMs: 60_000,
  /** A slow head goes half round in less. */
  arriveWithinMs: 12_000,
  /** An older word than this says nothing of where it looks now: somebody else may have turned it. */
  presentMs: 60_000,
  /** How far a picture may be from the status that its pose is taken from. */
  pictureMs: 6_000,
} as const;

const arrivedDeg = 2;
const stillDeg = 0.2;

export type HeadDeps = {
  readonly placed: PlacedCamera;
  readonly client: OnvifClient;
  readonly options: { readonly reach?: PtzScale["reach"]; readonly zoomMax?: number | undefined };
  readonly wall: Clock;
  /** Run time. */
  readonly nowMs: () => number;
  /** It said something, or stopped saying anything. `moved`: it looks elsewhere than before. */
  readonly onNews: (moved: boolean) => void;
};

type Outcome = FactData<"CameraTurned">["outcome"];
type Turning = {
  readonly order: TurnOrder;
  readonly done: (outcome: Outcome, reason: string) => void;
  readonly sinceMs: number;
  /** The camera said yes, or nothing at all. */
  answered: "yes" | "nothing" | undefined;
};

/** The head of one fixed camera as the station knows it: where it looks by its own word, and one turn at a time. */
export class CameraHead {
  readonly #deps: HeadDeps;
  #scale: PtzScale | undefined;
  #aim: CameraAim | undefined;
  #aimAtMs: number | undefined;
  /** Made once for each direction: what a picture shows of the ground is computed once for each pose. */
  #pose: CameraPose | undefined;
  #moving = false;
  #trouble: Trouble | undefined;
  #troubles = 0;
  #watched = false;
  #near = false;
  #turning: Turning | undefined;
  #timer: Cancel | undefined;
  #busy = false;
  #closed = false;

  constructor(deps: HeadDeps) {
    this.#deps = deps;
  }

  get aim(): CameraAim | undefined {
    return this.#aim;
  }
  /** Run time of its last word. */
  get aimAtMs(): number | undefined {
    return this.#aimAtMs;
  }
  get moving(): boolean {
    return this.#moving || this.#turning !== undefined;
  }
  /** Why it says nothing now. */
  get trouble(): string | undefined {
    return this.#trouble?.text;
  }

  get presets(): readonly KnownPreset[] {
    return (this.#deps.client.opened?.presets ?? []).map(({ token, name, position }) => {
      const head = position && this.#scale && toHead(position, this.#scale);
      return { preset: token, name, aim: head && aimOf(head, this.#deps.placed.config) };
    });
  }

  /** Where it looks now; undefined where its last word is too old. */
  present(withinMs: number = headTimes.presentMs): CameraAim | undefined {
    const ageMs = this.#deps.nowMs() - (this.#aimAtMs ?? Number.NEGATIVE_INFINITY);
    return ageMs <= withinMs ? this.#aim : undefined;
  }

  /** The pose of a picture taken then; undefined while it turns, and where its word is of another time. */
  poseAt(capturedMs: number): CameraPose | undefined {
    if (this.#aimAtMs === undefined || this.moving) return undefined;
    return Math.abs(capturedMs - this.#aimAtMs) > headTimes.pictureMs ? undefined : this.#pose;
  }

  outOfReach(aim: CameraAim): string | undefined {
    if (this.#scale === undefined) return undefined;
    const scaled = toCamera(headOf(aim, this.#deps.placed.config), this.#scale);
    return scaled.kind === "cannot" ? scaled.why : undefined;
  }

  watch(on: boolean): void {
    const begins = on && !this.#watched;
    this.#watched = on;
    if (begins) this.look();
    else this.#plan();
  }

  incidentNear(on: boolean): void {
    const begins = on && !this.#near;
    this.#near = on;
    if (begins) this.look();
    else this.#plan();
  }

  /** Time has begun anew: when it said something in the old one says nothing of how long ago that is. */
  newRun(): void {
    this.#aimAtMs = undefined;
    this.look();
  }

  /** Asks where it looks, now. */
  look(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    this.#ready((gone) => {
      if (gone !== undefined) return this.#told(gone);
      this.#deps.client.status((answer) => this.#told(answer.kind === "ok" ? answer.value : answer));
    });
  }

  /** Sends it there, once. What it says afterwards decides what became of it. */
  turn(order: TurnOrder, done: Turning["done"]): void {
    const turning: Turning = { order, done, sinceMs: this.#deps.wall.nowMs(), answered: undefined };
    this.#turning = turning;
    this.#ready((gone) => {
      // A later turn has taken its place.
      if (this.#turning !== turning) return;
      if (gone !== undefined) return this.#end("refused", gone.text);
      this.#send(turning);
    });
  }

  close(): void {
    this.#closed = true;
    this.#timer?.();
    this.#turning = undefined;
    this.#deps.client.close();
  }

  #send(turning: Turning): void {
    const { client, placed } = this.#deps;
    const answered = (answer: { readonly kind: "ok" } | Trouble): void => {
      if (this.#turning !== turning) return;
      if (answer.kind === "trouble" && (answer.cause === "fault" || answer.cause === "unauthorised"))
        return this.#end("refused", answer.text);
      turning.answered = answer.kind === "ok" ? "yes" : "nothing";
      this.look();
    };
    const { order } = turning;
    if (order.kind === "preset") return client.goToPreset(order.preset, answered);
    if (this.#scale === undefined) return this.#end("refused", "It has not been opened yet.");
    const scaled = toCamera(headOf(order.aim, placed.config), this.#scale);
    if (scaled.kind === "cannot") return this.#end("refused", scaled.why);
    client.moveTo(scaled.position, answered);
  }

  #end(outcome: Outcome, reason: string): void {
    const turning = this.#turning;
    this.#turning = undefined;
    turning?.done(outcome, reason);
    this.#plan();
  }

  #ready(then: (gone: Trouble | undefined) => void): void {
    const { client, options } = this.#deps;
    if (client.opened !== undefined && this.#scale !== undefined) return then(undefined);
    client.open((answer) => {
      if (answer.kind === "trouble") return then(answer);
      this.#scale = scaleOf(answer.value.spaces, options);
      then(undefined);
    });
  }

  #told(status: HeadStatus | Trouble): void {
    this.#busy = false;
    if (this.#closed) return;
    if ("kind" in status) {
      this.#trouble = status;
      this.#troubles += 1;
      // It may have been started anew, with other profiles.
      this.#scale = undefined;
      this.#deps.onNews(false);
    } else this.#take(status);
    this.#judge();
    this.#plan();
  }

  #take({ position, moving }: HeadStatus): void {
    const head = this.#scale && toHead(position, this.#scale);
    this.#troubles = 0;
    if (head === undefined) {
      this.#trouble = { kind: "trouble", cause: "cannot", text: "It does not tell in degrees where it looks." };
      this.#deps.onNews(false);
      return;
    }
    const before = this.#aim;
    const aim = aimOf(head, this.#deps.placed.config);
    const moved = before === undefined || aimGapDeg(before, aim) > stillDeg;
    this.#trouble = undefined;
    this.#moving = moving ?? (before !== undefined && moved);
    if (moved) {
      this.#aim = aim;
      this.#pose = poseAt(aim, this.#deps.placed);
    }
    this.#aimAtMs = this.#deps.nowMs();
    this.#deps.onNews(moved);
  }

  /** Whether a turn has come to its end: its yes alone is no evidence. */
  #judge(): void {
    const turning = this.#turning;
    if (turning?.answered === undefined) return;
    const wanted = turning.order.aim;
    const still = this.#trouble === undefined && !this.#moving && this.#aim !== undefined;
    const waitedMs = this.#deps.wall.nowMs() - turning.sinceMs;
    // Where a preset lies nobody knows: that it was told, and stands still a while later, is all there is.
    const there =
      wanted === undefined ? waitedMs > 1_500 : this.#aim !== undefined && aimGapDeg(this.#aim, wanted) < arrivedDeg;
    if (still && there) return this.#end("turned", "");
    if (waitedMs < headTimes.arriveWithinMs) return;
    const heard = turning.answered === "yes" ? "It said yes" : "It gave no answer";
    const seen = still ? `it looks ${Math.round(this.#aim?.azimuthDeg ?? 0)}° now` : "where it looks is not known";
    this.#end("unconfirmed", `${heard}; ${seen}.`);
  }

  #plan(): void {
    this.#timer?.();
    this.#timer = undefined;
    if (this.#closed || this.#busy) return;
    const delayMs = this.#delayMs();
    if (delayMs !== undefined) this.#timer = this.#deps.wall.after(delayMs, () => this.look());
  }

  #delayMs(): number | undefined {
    if (this.#turning?.answered !== undefined) return headTimes.turningMs;
    if (this.#troubles > 0 && (this.#watched || this.#near))
      return Math.min(headTimes.mostRetryMs, headTimes.firstRetryMs * 2 ** (this.#troubles - 1));
    if (this.#moving && this.#watched) return headTimes.turningMs;
    if (this.#watched) return headTimes.watchedMs;
    return this.#near ? headTimes.nearMs : undefined;
  }
}
