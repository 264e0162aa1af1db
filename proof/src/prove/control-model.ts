import { type NewFact, newFact } from "@outrider/contract";
import {
  type ControlCommand,
  type ControlState,
  controlRoom,
  decideControl,
  decideFly,
} from "@outrider/ground-station";
import { factAt, system } from "./offers.js";
import type { Model, Step } from "./walk.js";

const people = ["P", "Q", "R"] as const;
type Who = (typeof people)[number];
const uids = ["A", "B"] as const;
const person = (personId: Who) => ({ kind: "person", personId, name: personId, role: "pic" }) as const;

export type ControlWorld = {
  readonly state: ControlState;
  readonly nowMs: number;
  /** On watch, and at the screen. */
  readonly there: Readonly<Record<Who, "off" | "fresh" | "stale">>;
  readonly inUse: Readonly<Record<(typeof uids)[number], boolean>>;
};

const LAPSE_MS = 60_001;

export const controlModel: Model<ControlWorld> = {
  name: "control and handover",
  initial: {
    state: controlRoom.initial(),
    nowMs: 0,
    there: { P: "off", Q: "off", R: "off" },
    inUse: { A: false, B: false },
  },
  key,
  *next(world) {
    for (const who of people) {
      for (const to of ["off", "fresh", "stale"] as const)
        if (world.there[who] !== to)
          yield { label: `${who} ${to}`, state: { ...world, there: { ...world.there, [who]: to } } };
      for (const uid of uids) yield* acts(world, who, uid);
    }
    for (const uid of uids) {
      yield* flights(world, uid);
      yield* flying(world, uid);
    }
    yield { label: "an offer lapses", state: { ...world, nowMs: world.nowMs + LAPSE_MS } };
    const run = newFact("RunStarted", { runId: "r", scenario: "s", seed: 1 }, system);
    const started = { ...apply(world, [run]), inUse: { A: false, B: false } };
    const breach = started.state.controls.size > 0 ? "control outlives its run" : undefined;
    yield { label: "a new run starts", state: started, breach };
  },
};

const apply = (world: ControlWorld, facts: readonly NewFact[]): ControlWorld => ({
  ...world,
  state: facts.reduce((state, one) => controlRoom.evolve(state, factAt(one, world.nowMs)), world.state),
});

function viewOf(world: ControlWorld, uid: (typeof uids)[number]) {
  const there = (personId: string) => people.find((one) => one === personId);
  return {
    nowMs: world.nowMs,
    onWatch: (personId: string) => {
      const who = there(personId);
      return who !== undefined && world.there[who] !== "off";
    },
    presenceAgeMs: (personId: string) => {
      const who = there(personId);
      return who !== undefined && world.there[who] === "fresh" ? 0 : 90_000;
    },
    inUse: world.inUse[uid],
  };
}

/** Everything that a person may try, and whether control then passed as it may. */
function* acts(world: ControlWorld, who: Who, uid: (typeof uids)[number]): Iterable<Step<ControlWorld>> {
  const by = person(who);
  const others = people.filter((one) => one !== who);
  const commands: ControlCommand[] = [
    { kind: "take", uid, by },
    { kind: "accept", uid, by },
    { kind: "returnCamera", uid, by },
    ...[...others, who].map((to): ControlCommand => ({ kind: "offer", uid, by, to, toName: to, text: "" })),
  ];
  for (const command of commands) {
    const decision = decideControl(command, world.state, viewOf(world, uid));
    if (decision.kind === "refused") continue;
    const after = apply(world, decision.facts);
    yield { label: `${who} ${command.kind} ${uid}`, state: after, breach: broken(world, after, command, who, uid) };
  }
}

function broken(
  before: ControlWorld,
  after: ControlWorld,
  command: ControlCommand,
  who: Who,
  uid: (typeof uids)[number],
): string | undefined {
  for (const other of uids)
    if (other !== uid && before.state.controls.get(other) !== after.state.controls.get(other))
      return "an act about one aircraft changes another";
  const had = before.state.controls.get(uid);
  const has = after.state.controls.get(uid);
  if (had !== undefined && has === undefined) return "an aircraft in use is nobody's";
  if (had?.picId === has?.picId) return undefined;
  if (has?.picId !== who) return "control goes to somebody who did not act";
  if (before.there[who] === "off") return "somebody who is not on watch gets control";
  if (command.kind === "accept") {
    const offered = had?.offer;
    if (offered?.to !== who || before.nowMs - offered.atMs > 60_000) return "control passes without a standing offer";
    return offered.from === had?.picId ? undefined : "an offer of somebody else is accepted";
  }
  const holder = people.find((one) => one === had?.picId);
  if (holder !== undefined && before.there[holder] === "fresh") return "control is taken from a pilot who is there";
  return undefined;
}

/** A flight begins with control, and ends it. */
function* flights(world: ControlWorld, uid: (typeof uids)[number]): Iterable<Step<ControlWorld>> {
  const ids = { launchId: "L", incidentId: "i", uid };
  if (!world.inUse[uid])
    for (const who of people) {
      if (world.there[who] === "off") continue;
      const started = apply(world, [newFact("ControlTaken", { uid, personId: who, name: who }, person(who))]);
      yield { label: `${who} launches ${uid}`, state: { ...started, inUse: { ...world.inUse, [uid]: true } } };
    }
  else {
    const closed = newFact("FlightClosed", { ...ids, flightId: "f", purpose: "", category: "", airborneS: 1 }, system);
    const after = apply(world, [closed]);
    const breach = after.state.controls.has(uid) ? "control outlives its flight" : undefined;
    yield { label: `flight of ${uid} closed`, state: { ...after, inUse: { ...world.inUse, [uid]: false } }, breach };
    const control = world.state.controls.get(uid);
    if (control === undefined || control.camera !== undefined) return;
    for (const grantee of people)
      if (grantee !== control.picId)
        yield {
          label: `camera of ${uid} to ${grantee}`,
          state: apply(world, [newFact("CameraGranted", { uid, personId: grantee, name: grantee }, person("P"))]),
        };
  }
}

/** Who may fly it now: nobody else's order is taken, and what makes the world safer is never refused to its pilot. */
function* flying(world: ControlWorld, uid: (typeof uids)[number]): Iterable<Step<ControlWorld>> {
  const control = world.state.controls.get(uid);
  for (const who of people) {
    const view = {
      personId: who,
      onWatch: world.there[who] !== "off",
      control,
      callSign: uid,
      armed: world.inUse[uid],
      inAir: world.inUse[uid],
      linkLost: false,
      doubt: undefined,
      at: { point: { latDeg: 0, lonDeg: 0 }, altAmslM: 60 },
      cruiseMps: 15,
      orbitRadiusM: 60,
      orbitMps: 5,
      privacyZone: () => undefined,
      check: () => ({ kind: "fly", altAmslM: 60, groundAmslM: 0 }) as const,
    };
    const moving = decideFly({ verb: "goto", point: { latDeg: 0, lonDeg: 0 } }, view);
    if (moving.kind === "order" && (control?.picId !== who || world.there[who] === "off"))
      yield {
        label: `${who} flies ${uid}`,
        state: world,
        breach: "somebody flies an aircraft without control or watch",
      };
    const stop = decideFly({ verb: "emergencyStop", twoKeys: true }, view);
    if (stop.kind === "order" && control?.picId !== who)
      yield {
        label: `${who} stops motors of ${uid}`,
        state: world,
        breach: "motors are stopped by somebody without control",
      };
    const home = decideFly({ verb: "return" }, view);
    if (home.kind === "refused" && control?.picId === who)
      yield { label: `${who} returns ${uid}`, state: world, breach: "its own pilot cannot send it home" };
  }
}

type Naming = {
  readonly people: readonly Who[];
  readonly order: readonly string[];
  readonly uids: readonly (typeof uids)[number][];
};
const namings: readonly Naming[] = [
  ["P", "Q", "R"],
  ["P", "R", "Q"],
  ["Q", "P", "R"],
  ["Q", "R", "P"],
  ["R", "P", "Q"],
  ["R", "Q", "P"],
].flatMap((order): Naming[] => {
  const named = order.flatMap((name) => people.filter((one) => one === name));
  return [
    { people: named, order, uids: ["A", "B"] },
    { people: named, order, uids: ["B", "A"] },
  ];
});

/** No rule knows a person or an aircraft by name: of all ways to name them the first in the alphabet stands for all. */
function key(world: ControlWorld): string {
  let least: string | undefined;
  for (const naming of namings) {
    const text = keyAs(world, naming);
    if (least === undefined || text < least) least = text;
  }
  return least ?? "";
}

/** Words and how long an offer has stood are read by no rule: only who, and whether it has lapsed. */
function keyAs(world: ControlWorld, naming: Naming): string {
  const number = (personId: string | undefined): string =>
    personId === undefined ? "-" : String(naming.order.indexOf(personId));
  let text = "";
  for (const uid of naming.uids) {
    const control = world.state.controls.get(uid);
    const offer = control?.offer;
    const lapsed = offer !== undefined && world.nowMs - offer.atMs > 60_000;
    text += `${number(control?.picId)}${number(offer?.to)}${number(offer?.from)}${lapsed ? "L" : "-"}`;
    text += `${number(control?.camera?.personId)}${world.inUse[uid] ? "U" : "-"}`;
  }
  for (const who of naming.people) text += world.there[who][0];
  return text;
}
