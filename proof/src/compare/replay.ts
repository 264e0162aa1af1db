import { decode, encodeFrame, FrameReader } from "@outrider/mavlink";
import { type Autopilot, createAutopilot, FaultSet, flatWorld } from "@outrider/sim";
import type { Recording } from "./recording.js";
import type { Story, WorldEvent } from "./story.js";
import { recordedHome, type Track, TrackWriter } from "./track.js";

type Act =
  | { readonly kind: "frame"; readonly bytes: Uint8Array; readonly sent: Recording["sent"][number] }
  | { readonly kind: "charge"; readonly pct: number }
  | { readonly kind: "world"; readonly event: WorldEvent };
/** `turn`: the aircraft's last change of state before it; the act follows that change as far behind as recorded. */
type Step = { readonly tS: number; readonly turn: number; readonly act: Act };

const groundAmslM = 300;
const tickMs = 20;
/** A change that does not come is waited for this long, and half as long again as it took in the recording. */
const patienceS = 10;
/** A recorded pause beyond this is one that the ground station meant: it sends a heartbeat a second. */
const silentAfterS = 2.5;
const longestBeatS = 1.1;

/**
 * Flies the simulated aircraft as the recorded one was flown: the ground station's very frames, each as long after the
 * change of state before it as recorded, so that a flight that takes longer is not overtaken by its own orders.
 */
export function flyAgain(recording: Recording, story: Story): Track {
  const writer = new TrackWriter();
  const world = new StagedWorld(story);
  const fromS = recording.track.turns[0]?.tS ?? 0;
  let tMs = 0;
  const reader = new FrameReader();
  const vehicle = createAutopilot({
    sysid: story.sysid,
    uid2: "c0ffee",
    home: recordedHome,
    world: world.world,
    seed: 1,
    params: paramsOf(recording, story),
    faults: world.faults,
    send: (bytes) =>
      reader.pushDatagram(bytes, (frame) => {
        const message = frame.compid === 1 && tMs / 1000 >= fromS ? decode(frame) : undefined;
        if (message !== undefined) writer.hear(tMs / 1000, message);
      }),
  });
  const steps = stepsOf(recording, story);
  const pace = new Pace(recording.track, writer.track);
  const desk = new Desk(vehicle, writer, world);
  let next = 0;
  while (!pace.over(tMs / 1000, next < steps.length)) {
    tMs += tickMs;
    vehicle.step(tMs);
    const tS = tMs / 1000;
    pace.match();
    for (let step = steps[next]; step !== undefined && pace.dueS(step, tS) <= tS; step = steps[next]) {
      desk.act(step.act, tS);
      next++;
    }
    if (story.steadyBeats === true || silenceS(steps, next) < silentAfterS) desk.keepAlive(tS);
  }
  return writer.track;
}

/** What a user sets. Calibration, and what only PX4's own simulator reads, means nothing here. */
const flown = /^(MPC|RTL|NAV|COM|GF|MIS|BAT_|MC_ORBIT|CBRK|FD_FAIL)/;

/** The recording's own parameters as far as it shows them, and those that are told of it. */
function paramsOf(recording: Recording, story: Story): Readonly<Record<string, number>> {
  const shown = [...recording.track.params].filter(([name]) => flown.test(name));
  return { ...Object.fromEntries(shown), ...story.params };
}

function stepsOf(recording: Recording, story: Story): Step[] {
  const { track, sent } = recording;
  const steps: Step[] = sent.map((one) => ({
    tS: one.tS,
    turn: one.turn,
    act: { kind: "frame", bytes: one.bytes, sent: one },
  }));
  steps.push(...chargeSteps(track));
  for (const event of story.events ?? []) {
    const turn = track.turns.findLastIndex((one) => one.tS <= event.atS);
    steps.push({ tS: event.atS, turn, act: { kind: "world", event } });
  }
  return steps.sort((a, b) => a.tS - b.tS);
}

/** The recorded pause of the ground station before its next frame. */
function silenceS(steps: readonly Step[], next: number): number {
  const isFrame = (step: Step): boolean => step.act.kind === "frame";
  const last = steps.slice(0, next).findLast(isFrame);
  const coming = steps.slice(next).find(isFrame);
  return last === undefined || coming === undefined ? Number.POSITIVE_INFINITY : coming.tS - last.tS;
}

const chargeStepS = 0.2;

/**
 * The battery as SYS_STATUS told it each second, straight between: what it caused may have shown before it was told, so
 * a charge follows the change of state before the one told last.
 */
function chargeSteps(track: Track): Step[] {
  return track.charge.flatMap((to, i) => {
    const from = track.charge[i - 1];
    if (from === undefined) return [{ tS: to.tS, turn: to.turn, act: { kind: "charge", pct: to.pct } }];
    const beganS = Math.max(from.tS, to.tS - 1);
    const count = Math.max(1, Math.round((to.tS - beganS) / chargeStepS));
    return Array.from({ length: count }, (_, k) => ({
      tS: beganS + ((to.tS - beganS) * (k + 1)) / count,
      turn: from.turn,
      act: { kind: "charge" as const, pct: from.pct + ((to.pct - from.pct) * (k + 1)) / count },
    }));
  });
}

/** When our flight reaches the changes of state of the recorded one. */
class Pace {
  readonly #recorded: Track;
  readonly #ours: Track;
  /** Our time of each recorded change so far. */
  readonly #reachedS: number[] = [];
  #seen = 0;

  constructor(recorded: Track, ours: Track) {
    this.#recorded = recorded;
    this.#ours = ours;
  }

  /** Pairs our latest changes with the recorded ones; one or two that ours never showed are passed over. */
  match(): void {
    const { turns } = this.#recorded;
    for (; this.#seen < this.#ours.turns.length; this.#seen++) {
      const turn = this.#ours.turns[this.#seen];
      const from = this.#reachedS.length;
      const found = turns.slice(from, from + 3).findIndex((one) => one.what === turn?.what);
      for (let i = 0; turn !== undefined && i <= found; i++) this.#reachedS.push(turn.tS);
    }
  }

  /** Our time at which a step is due; infinite while the change before it has not come. */
  dueS(step: { readonly tS: number; readonly turn: number }, tS: number): number {
    if (step.turn < 0) return step.tS;
    while (this.#reachedS.length <= step.turn && this.#waitedTooLong(tS)) this.#reachedS.push(tS);
    const reachedS = this.#reachedS[step.turn];
    const recordedS = this.#recorded.turns[step.turn]?.tS ?? 0;
    return reachedS === undefined ? Number.POSITIVE_INFINITY : reachedS + step.tS - recordedS;
  }

  #waitedTooLong(tS: number): boolean {
    const at = this.#reachedS.length;
    const gapS = (this.#recorded.turns[at]?.tS ?? 0) - (this.#recorded.turns[at - 1]?.tS ?? 0);
    return tS > (this.#reachedS[at - 1] ?? 0) + 1.5 * gapS + patienceS;
  }

  /** True when every step is done and the last change is as long ago as it was at the end of the recording. */
  over(tS: number, stepsLeft: boolean): boolean {
    if (stepsLeft) return false;
    const last = this.#recorded.turns.length - 1;
    return tS > this.dueS({ tS: this.#recorded.endS, turn: last }, tS);
  }
}

/** Ground, battery and breakage as the recorded world had them. */
class StagedWorld {
  readonly faults = new FaultSet();
  readonly world: ReturnType<typeof flatWorld>;
  readonly gnssInjected: boolean;
  #groundAmslM = groundAmslM;
  #charge: string | undefined;
  #gnss: string | undefined;

  constructor(story: Story) {
    const flat = flatWorld(recordedHome, groundAmslM);
    this.world = { ...flat, env: { ...flat.env, groundAmslM: () => this.#groundAmslM } };
    this.gnssInjected = story.gnssInjected === true;
  }

  happen(event: WorldEvent, tMs: number): void {
    if (event.kind === "ground") this.#groundAmslM = event.altAmslM;
    else this.faults.inject("*", { kind: "motor-loss", rotor: event.rotor }, tMs);
  }

  /** SYS_STATUS rounds the charge up. */
  charge(pct: number, tMs: number): void {
    if (this.#charge !== undefined) this.faults.clear(this.#charge);
    this.#charge = this.faults.inject("*", { kind: "battery-sag", toPct: Math.max(0, pct - 0.5) }, tMs);
  }

  gnss(off: boolean, tMs: number): void {
    if (this.#gnss !== undefined) this.faults.clear(this.#gnss);
    this.#gnss = off ? this.faults.inject("*", { kind: "gps-stop" }, tMs) : undefined;
  }
}

/** The ground station's side. */
class Desk {
  readonly #vehicle: Autopilot;
  readonly #writer: TrackWriter;
  readonly #world: StagedWorld;
  #beatS = Number.NEGATIVE_INFINITY;

  constructor(vehicle: Autopilot, writer: TrackWriter, world: StagedWorld) {
    this.#vehicle = vehicle;
    this.#writer = writer;
    this.#world = world;
  }

  act(act: Act, tS: number): void {
    if (act.kind === "charge") return this.#world.charge(act.pct, tS * 1000);
    if (act.kind === "world") return this.#world.happen(act.event, tS * 1000);
    const { message } = act.sent;
    if (message.name === "COMMAND_LONG" && message.command === 420 && message.param1 === 4 && this.#world.gnssInjected)
      this.#world.gnss(message.param2 === 1, tS * 1000);
    if (message.name === "HEARTBEAT") this.#beatS = tS;
    this.#writer.send(tS, message);
    this.#vehicle.onDatagram(act.bytes, "station");
  }

  /** While the replay waits for a change of state the station beats on, or the waiting would be a lost link. */
  keepAlive(tS: number): void {
    if (tS - this.#beatS < longestBeatS) return;
    this.#beatS = tS;
    this.#vehicle.onDatagram(beat, "station");
  }
}

const beat = encodeFrame(
  { name: "HEARTBEAT", type: 6, autopilot: 8, mavlinkVersion: 3 },
  { sysid: 255, compid: 190, seq: 0 },
);
