import { z } from "zod";
import { expectation } from "./expectation.js";
import { geoPoint } from "./place.js";
import { runTiming } from "./run-timing.js";
import { simFault } from "./sim-fault.js";

/** A fault or happening that the trainer can cause. Each is reversible (`clear`) where the world allows it. */
export const inject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("linkLoss"), uid: z.string(), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("positionJump"), uid: z.string(), northM: z.number(), eastM: z.number() }),
  z.strictObject({ kind: z.literal("gpsLoss"), uid: z.string(), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("batterySag"), uid: z.string(), toPct: z.number().min(0).max(100) }),
  /** A rotor gives no thrust until it is ended: a quad falls. */
  z.strictObject({ kind: z.literal("rotorLoss"), uid: z.string(), rotor: z.literal([1, 2, 3, 4]) }),
  z.strictObject({ kind: z.literal("dockJam"), dockId: z.string(), on: z.boolean() }),
  z.strictObject({ kind: z.literal("wind"), windMps: z.number(), fromDeg: z.number(), gustMps: z.number() }),
  z.strictObject({ kind: z.literal("plateMisread"), on: z.boolean() }),
  /** Other shots, so far from where something happened last. */
  z.strictObject({ kind: z.literal("secondAlert"), distanceM: z.number() }),
  z.strictObject({ kind: z.literal("videoLoss"), uid: z.string(), seconds: z.number().positive() }),
  z.strictObject({ kind: z.literal("foreignStation"), uid: z.string(), seconds: z.number().positive() }),
  /** The last call is corrected, under its own name: it is so far from where it was said to be. */
  z.strictObject({ kind: z.literal("callerMoves"), metres: z.number() }),
  /** Any fault by its own name. `target` is an aircraft, for a jammed dock a dock, or `*` for all; no `seconds`: until cleared. */
  z.strictObject({
    kind: z.literal("fault"),
    target: z.string().min(1),
    fault: simFault,
    seconds: z.number().positive().optional(),
  }),
]);
export type Inject = z.infer<typeof inject>;

/** What can be ended before its time; the rest ends by itself or cannot be undone. */
export const clearable = z.enum([
  "linkLoss",
  "radioSilence",
  "linkBeyond",
  "positionJump",
  "gpsLoss",
  "batterySag",
  "rotorLoss",
  "dockJam",
  "videoLoss",
  "foreignStation",
  "wind",
  "gustFront",
  "weather",
  "helicopter",
  "tfr",
  "plateMisread",
  ...simFault.options.map((one) => one.shape.kind.value),
]);
export type Clearable = z.infer<typeof clearable>;

/**
 * Happenings beyond one aircraft's faults. `uid` and `dockId` here and in `inject` may be `@flying` (the aircraft that
 * took off last and is still up), `@second` (the one before it), `@chosen` (the one proposed
 * last; as a dock, its dock) and `@home` (the dock of `@flying`): a scenario is
 * written before anybody knows which aircraft will fly.
 */
export const worldInject = z.discriminatedUnion("kind", [
  /** A helicopter crosses near an aircraft, or near the last incident; silent ones are on no receiver. */
  z.strictObject({
    kind: z.literal("helicopter"),
    cooperative: z.boolean(),
    callSign: z.string().min(1).max(8),
    altAglM: z.number().min(10).max(1000),
    speedMps: z.number().min(5).max(100),
    fromDeg: z.number().min(0).max(360),
    passM: z.number().min(0).max(3000),
    uid: z.string().optional(),
  }),
  /** Every radio link of the fleet falls silent. */
  z.strictObject({ kind: z.literal("radioSilence"), seconds: z.number().positive() }),
  /** Wind and gusts rise, stay, and fall back to what they were. */
  z.strictObject({
    kind: z.literal("gustFront"),
    windMps: z.number().min(0).max(40),
    fromDeg: z.number().min(0).max(360),
    gustMps: z.number().min(0).max(50),
    riseS: z.number().min(0).max(600),
    seconds: z.number().positive(),
  }),
  /**
   * The weather changes, all but the wind: what is left out stays as it was. It is what the docks and the weather
   * station measure, and what batteries are cooled by; rain below 0 °C freezes. No `seconds`: until it is ended.
   */
  z.strictObject({
    kind: z.literal("weather"),
    rain: z.enum(["none", "light", "moderate", "heavy"]).optional(),
    temperatureC: z.number().min(-40).max(55).optional(),
    visibilityM: z.number().min(0).max(20_000).optional(),
    /** Lowest overcast above the ground. */
    ceilingAglM: z.number().min(0).max(6_000).optional(),
    seconds: z.number().positive().optional(),
  }),
  /** A temporary flight restriction is published on the way of an aircraft, or over the last incident. */
  z.strictObject({
    kind: z.literal("tfr"),
    notam: z.string().min(1).max(20),
    radiusM: z.number().min(50).max(20_000),
    seconds: z.number().positive(),
    uid: z.string().optional(),
  }),
  /** A hill stands there: the link is dead while the aircraft is further than this from its dock. */
  z.strictObject({
    kind: z.literal("linkBeyond"),
    uid: z.string(),
    beyondM: z.number().min(20).max(20_000),
    on: z.boolean(),
  }),
  /** Somebody else calls about the last call, and gives another place. */
  z.strictObject({ kind: z.literal("callerRepeats"), metres: z.number().min(0).max(2000) }),
  /** The gunshot network takes back its last alert. */
  z.strictObject({ kind: z.literal("falseAlarm") }),
  /** The network hears the echo of its last shots: another alert, under another name, so far off. */
  z.strictObject({ kind: z.literal("shotsEcho"), metres: z.number().min(0).max(2000) }),
  /** The call-taking centre ends the last call. */
  z.strictObject({ kind: z.literal("callEnds"), as: z.enum(["Closed", "Cancelled"]) }),
  /** Ends what injects of that name began, a fault also by its own name; without `target` everywhere. */
  z.strictObject({ kind: z.literal("clear"), what: clearable, target: z.string().optional() }),
]);
export type WorldInject = z.infer<typeof worldInject>;

export const anyInject = z.discriminatedUnion("kind", [...inject.options, ...worldInject.options]);
export type AnyInject = z.infer<typeof anyInject>;

/** What a trainer makes happen or lays on the timeline: an inject, or a whole call as the city would send it. */
export const trainerDeed = z.union([
  anyInject,
  z.strictObject({ kind: z.literal("incident"), which: z.enum(["call", "shots", "both", "pursuit"]) }),
]);
export type TrainerDeed = z.infer<typeof trainerDeed>;

/** Where a run branched off another: `toS` is the run time, from the start, at which the new branch begins to be its own. */
export const runBranch = z.strictObject({ parent: z.string(), markSeq: z.int(), toS: z.number().min(0) });
export type RunBranch = z.infer<typeof runBranch>;

export const truthAircraft = z.strictObject({
  uid: z.string(),
  callSign: z.string(),
  point: geoPoint,
  altAmslM: z.number(),
  headingDeg: z.number(),
  batteryPct: z.number(),
});
export const truthVehicle = z.strictObject({
  vehicleId: z.string(),
  point: geoPoint,
  headingDeg: z.number(),
  speedMps: z.number(),
  sought: z.boolean(),
});

export const expectationState = z.strictObject({
  id: z.string(),
  text: z.string(),
  state: z.enum(["open", "met", "late", "missed"]),
  tookS: z.number().optional(),
});

/** Sim wire, version 1: sim dials `ws://station/sim`. Truth goes to the trainer's desk alone. */
export const simToStation = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("hello"),
    version: z.literal(1),
    scenarios: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        text: z.string(),
        minutes: z.number(),
        /** What it trains, as the agency's list of trainings names it; absent: it counts for none. */
        teaches: z.string().optional(),
        expect: z.array(expectation).optional(),
      }),
    ),
    /** Whether it can go back to a mark; absent: it cannot (a real autopilot flies). */
    rewinds: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("run"),
    timing: runTiming,
    scenario: z.string(),
    seed: z.int(),
    started: z.boolean(),
    branch: runBranch.optional(),
    /** Run time until which a branch is caught up with its parent, as fast as the machine goes; then it stands paused. */
    catchingUpToMs: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal("truth"),
    tMs: z.number(),
    aircraft: z.array(truthAircraft),
    vehicles: z.array(truthVehicle),
    alerts: z.array(z.strictObject({ point: geoPoint, text: z.string() })),
  }),
  z.strictObject({
    kind: z.literal("event"),
    tMs: z.number(),
    lane: z.enum(["world", "inject", "trainee"]),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal("score"), score: z.number().optional(), expectations: z.array(expectationState) }),
]);
export type SimToStation = z.infer<typeof simToStation>;

export const stationToSim = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("welcome"), version: z.literal(1) }),
  z.strictObject({ kind: z.literal("start"), scenario: z.string(), seed: z.int() }),
  z.strictObject({ kind: z.literal("stop") }),
  /** Back to a mark: the same run from its start with the same happenings, fast, up to `branch.toS`. */
  z.strictObject({
    kind: z.literal("rewind"),
    scenario: z.string(),
    seed: z.int(),
    branch: runBranch,
    deeds: z.array(z.strictObject({ atS: z.number().min(0), deed: trainerDeed })),
    /** When the first watch of the parent began: what comes by itself counts from there. */
    watchAtS: z.number().min(0).optional(),
  }),
  z.strictObject({ kind: z.literal("pause"), paused: z.boolean() }),
  z.strictObject({ kind: z.literal("rate"), rate: z.number().min(0.25).max(30) }),
  z.strictObject({ kind: z.literal("inject"), inject: anyInject }),
  /** Facts told to the scorer, so that expectations tick themselves. */
  z.strictObject({ kind: z.literal("fact"), type: z.string(), tMs: z.number(), data: z.unknown() }),
  /** Ask for one demo incident now. */
  z.strictObject({ kind: z.literal("demoIncident"), which: z.enum(["call", "shots", "both", "pursuit"]) }),
]);
export type StationToSim = z.infer<typeof stationToSim>;
