import type { AircraftMode, ControlOverlay } from "@outrider/contract";
import type { FactSink, LastKnown } from "../journal/index.js";
import { type AircraftState, inAir, inFailsafe, tumbling } from "./state.js";
import { telemetryTiming } from "./timing.js";

/** What an autopilot does by itself at the end of what we asked for. */
const naturalNext: Readonly<Partial<Record<AircraftMode, readonly AircraftMode[]>>> = {
  takeoff: ["hold"],
  mission: ["hold"],
  orbit: ["hold"],
  goto: ["hold"],
  return: ["land", "hold"],
  land: ["hold"],
};

type Warning = { readonly severity: number; readonly text: string; readonly tMs: number };
const mostWarnings = 8;

/** `open`: whether nobody knows yet what became of it. */
type Expected = { readonly modes: readonly AircraftMode[]; readonly tMs: number; readonly open: () => boolean };

/** Turns state into the facts of a flight. Every one is seen in telemetry; an answer to a command never makes one. */
export class FlightWatch {
  readonly #uid: string;
  readonly #sink: FactSink;
  readonly #launchId: () => string | undefined;
  readonly #before: Readonly<LastKnown> | undefined;
  readonly #roundMs: () => number;
  #started = false;
  #armed = false;
  #airborne = false;
  /** Since when it says without a break that it is on the ground. */
  #groundSinceMs: number | undefined;
  #customMode = 0;
  #mode: AircraftMode = "unknown";
  #by: ControlOverlay = "ours";
  #failsafe = false;
  #failsafeSinceMs: number | undefined;
  #failsafeTold = false;
  #afterSilence = false;
  #expected: readonly Expected[] = [];
  /** What it said of itself lately, of the kind that explains a failsafe. */
  #warnings: readonly Warning[] = [];

  /**
   * `before`: what was told of it before a restart; only what differs is told again. `roundMs`: how long there and back
   * to it takes: an effect of ours shows that much later.
   */
  constructor(
    uid: string,
    sink: FactSink,
    launchId: () => string | undefined,
    before?: Readonly<LastKnown>,
    roundMs: () => number = () => 0,
  ) {
    this.#roundMs = roundMs;
    this.#uid = uid;
    this.#sink = sink;
    this.#launchId = launchId;
    this.#before = before;
    this.#armed = before?.armed ?? false;
    this.#airborne = before?.airborne ?? false;
    this.#failsafe = this.#failsafeTold = before?.failsafe ?? false;
  }

  /**
   * An order of ours was sent: these modes, soon, are ours; and later too while `open` says that nobody knows what
   * became of it. What it was seen to do ends that: the same mode after it is somebody else's.
   */
  expect(modes: readonly AircraftMode[], tMs: number, open: () => boolean = () => false): void {
    if (modes.length === 0) return;
    this.#expected = [...this.#expected, { modes, tMs, open }].slice(-telemetryTiming.mostExpected);
  }

  onText(severity: number, text: string, tMs: number): void {
    // "Failsafe warning:" names no cause.
    if (text.endsWith(":")) return;
    if (severity > 4 && !/failsafe|battery|connection to ground/i.test(text)) return;
    const recent = this.#warnings.filter((one) => tMs - one.tMs <= telemetryTiming.warningKeptMs);
    this.#warnings = [...recent, { severity, text, tMs }].slice(-mostWarnings);
  }

  /** An event that was lost at first. */
  onLateText(severity: number, text: string, tMs: number): void {
    if (this.#failsafe && this.#afterSilence && !this.#failsafeTold) this.onText(severity, text, tMs);
  }

  get control(): ControlOverlay {
    return this.#failsafe ? "failsafe" : this.#by;
  }

  get airborne(): boolean {
    return this.#airborne;
  }

  update(state: AircraftState, tMs: number, modeName: (customMode: number) => string): void {
    if (!this.#started) this.#begin(state, tMs, modeName);
    this.#watchArming(state);
    this.#watchFailsafe(state, tMs);
    this.#watchMode(state, tMs, modeName);
    this.#watchAir(state);
  }

  /** What it was doing when first heard is where its story goes on; what was told before a restart is told if it changed. */
  #begin(state: AircraftState, tMs: number, modeName: (customMode: number) => string): void {
    this.#started = true;
    this.#customMode = state.customMode;
    this.#mode = state.mode;
    if (state.armed && this.#armed) state.armedHomeAltAmslM = state.homeAltAmslM;
    if (this.#before?.mode === undefined || this.#before.mode === nameOf(state, modeName)) return;
    this.#tellMode("unknown", state, tMs, modeName);
  }

  #watchArming(state: AircraftState): void {
    if (state.armed === this.#armed) return;
    this.#armed = state.armed;
    const about = { uid: this.#uid, launchId: this.#launchId() };
    if (state.armed) {
      state.armedHomeAltAmslM = state.homeAltAmslM ?? state.altAmslM;
      this.#sink("Armed", about);
      return;
    }
    // A vehicle that disarms is on the ground, whatever its last landed state said.
    if (this.#airborne && !inAir(state)) this.#landed(state);
    this.#sink("Disarmed", about);
  }

  #watchAir(state: AircraftState): void {
    if (inAir(state) && state.armed && !this.#airborne) {
      this.#airborne = true;
      this.#sink("Airborne", { uid: this.#uid, launchId: this.#launchId(), altAmslM: state.altAmslM });
    }
    this.#watchGround(state);
  }

  /** A touch of the ground with turning motors may be a bounce: landed is what lasts, or what is disarmed. */
  #watchGround(state: AircraftState): void {
    if (!this.#airborne || state.landedState !== 1) {
      this.#groundSinceMs = undefined;
      return;
    }
    this.#groundSinceMs ??= state.landedStateMs;
    // Counted from word to word: silence is no standing.
    const lastedMs = state.landedStateMs - this.#groundSinceMs;
    if (!state.armed || lastedMs >= telemetryTiming.landedSureMs) this.#landed(state);
  }

  #landed(state: AircraftState): void {
    this.#airborne = false;
    this.#groundSinceMs = undefined;
    this.#sink("Landed", { uid: this.#uid, launchId: this.#launchId(), latDeg: state.latDeg, lonDeg: state.lonDeg });
  }

  #watchFailsafe(state: AircraftState, tMs: number): void {
    const now = inFailsafe(state);
    if (now && !this.#failsafe) {
      this.#failsafe = true;
      this.#failsafeTold = false;
      this.#failsafeSinceMs = tMs;
      // What explains it was said while nobody heard, and is asked for again: that takes a moment.
      this.#afterSilence = state.heartbeatMs - state.previousHeartbeatMs > telemetryTiming.lostMs;
    }
    if (now && !this.#failsafeTold && this.#failsafeSinceMs !== undefined)
      this.#tellFailsafe(state, this.#failsafeSinceMs, tMs);
    if (!now && this.#failsafe) {
      this.#failsafe = false;
      if (this.#failsafeTold) this.#sink("FailsafeOver", { uid: this.#uid });
    }
  }

  /** Waits a moment for the words that explain it; without them the mode has to do. */
  #tellFailsafe(state: AircraftState, sinceMs: number, tMs: number): void {
    const words = this.#wordsSince(sinceMs - telemetryTiming.failsafeTextMs);
    const waitMs = this.#afterSilence ? telemetryTiming.failsafeAfterSilenceMs : telemetryTiming.failsafeWaitMs;
    if (words === "" && tMs - sinceMs < waitMs) return;
    this.#failsafeTold = true;
    const fallen = tumbling(state)
      ? `out of control: roll ${state.rollDeg.toFixed(0)}°, pitch ${state.pitchDeg.toFixed(0)}°; `
      : "";
    const text = fallen + (words === "" ? `failsafe active, mode ${state.mode}, no reason given` : words);
    this.#sink("FailsafeSeen", { uid: this.#uid, text });
  }

  /** The two worst since then: of one failsafe PX4 says the cause and what it does in two texts. */
  #wordsSince(fromMs: number): string {
    const fresh = this.#warnings.filter((one) => one.tMs >= fromMs).toSorted((a, b) => a.severity - b.severity);
    return fresh
      .filter(({ text }) => !fresh.some((other) => other.text.length > text.length && other.text.startsWith(text)))
      .slice(0, 2)
      .map((one) => one.text)
      .join("; ");
  }

  #watchMode(state: AircraftState, tMs: number, modeName: (customMode: number) => string): void {
    if (state.customMode === this.#customMode) return;
    const before = this.#mode;
    this.#customMode = state.customMode;
    this.#mode = state.mode;
    this.#tellMode(before, state, tMs, modeName);
  }

  #tellMode(before: AircraftMode, state: AircraftState, tMs: number, modeName: (customMode: number) => string): void {
    const by = this.#causeOf(before, state, tMs);
    if (by !== "failsafe") this.#by = by;
    this.#sink("ModeChanged", { uid: this.#uid, mode: nameOf(state, modeName), by });
  }

  #mayShow({ tMs: sentMs, open }: Expected, tMs: number): boolean {
    const ageMs = tMs - sentMs;
    return ageMs <= telemetryTiming.ourModeMs + this.#roundMs() || (ageMs <= telemetryTiming.openModeMs && open());
  }

  #causeOf(before: AircraftMode, state: AircraftState, tMs: number): "ours" | "other" | "failsafe" {
    if (this.#expected.some((one) => one.modes.includes(state.mode) && this.#mayShow(one, tMs))) return "ours";
    if (inFailsafe(state)) return "failsafe";
    const last = this.#warnings.at(-1);
    const warned = last !== undefined && tMs - last.tMs <= telemetryTiming.failsafeTextMs;
    if (state.armed && warned && /failsafe|battery|connection to ground|geofence/i.test(last.text)) return "failsafe";
    // On the ground and after disarming it goes back to its last mode by itself.
    if (!state.armed || (naturalNext[before]?.includes(state.mode) ?? false))
      return this.#by === "other" ? "other" : "ours";
    return "other";
  }
}

const nameOf = (state: AircraftState, modeName: (customMode: number) => string): string =>
  state.mode === "unknown" ? modeName(state.customMode) : state.mode;
