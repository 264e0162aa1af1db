import type { RestrictionRelation } from "@outrider/contract";
import { forged, ourIds, type UnidentifiedNow, unidentified } from "./wanted-bridge.js";

/** What should be alarmed now. Text: who, what; the age is counted on screen. Consequence: what happens by itself, and when. */
export type Wanted = {
  readonly cause: string;
  readonly subject: string;
  readonly level: "warning" | "caution";
  readonly about: string;
  readonly text: string;
  readonly consequence: string;
};

export type AircraftNow = {
  readonly uid: string;
  readonly callSign: string;
  /** Armed or in the air: what happens to it matters now. */
  readonly live: boolean;
  readonly inAir: boolean;
  readonly link: "live" | "late" | "lost";
  readonly failsafe: string | undefined;
  /** Seconds from its last contact until it turns for home, by what was read back from it; undefined: not proven. */
  readonly returnsAfterS: number | undefined;
  readonly foreignStations: number;
  /** What another station did to it, in words; undefined: it is ours. */
  readonly otherControl: string | undefined;
  /** Parts of what it carries that somebody else has changed. */
  readonly changedByOther: readonly string[];
  readonly gimbalsTaken: readonly string[];
  /** Another aircraft uses its system id: the bridge orders neither. */
  readonly sysidShared: boolean;
  readonly doubt: string | undefined;
  readonly turnInS: number | undefined;
  /** It has been warned of its turn: near the limit the estimate goes up and down with the wind, the alarm must not. */
  readonly turnWarned?: boolean;
  readonly returning: boolean;
  readonly picName: string | undefined;
  /** Age of the pilot's presence; undefined where nobody answers for it. */
  readonly presenceS: number | undefined;
  readonly cancelled: boolean;
  readonly unconfirmed: string | undefined;
  readonly abortedMayBeArmed: boolean;
  readonly landedAwayS: number;
  readonly noDock: boolean;
};

export type DockNow = {
  readonly dockId: string;
  readonly name: string;
  readonly jammed: boolean;
  readonly expected: string | undefined;
};

export type AlarmNow = {
  readonly bridgeUp: boolean;
  readonly everUp: boolean;
  readonly aircraft: readonly AircraftNow[];
  readonly docks: readonly DockNow[];
  /** How long a bridge that lives goes on for a station that it does not hear. */
  readonly graceS: number;
  readonly unread: readonly UnreadNow[];
  /** Limits broken now in a training run whose trainer says so. */
  readonly limits: readonly LimitNow[];
  readonly traffic: readonly TrafficNow[];
  readonly restrictions: readonly RestrictionNow[];
  /** Sources that send more than is usual of them. */
  readonly floods: readonly { readonly sourceId: string; readonly perMinute: number }[];
  readonly unidentified: readonly UnidentifiedNow[];
  /** Where somebody sends with our own ids. */
  readonly ourIdsAt: string | undefined;
  /** Orders that the bridge did not believe, lately: what was ordered, and what was wrong with it. */
  readonly forged: { readonly verb: string; readonly reason: string } | undefined;
};

/** An observation card that a unit has not read in time. */
export type UnreadNow = { readonly adviceId: string; readonly unit: string; readonly text: string };

/** One of ours and another aircraft that come too near to each other. */
export type TrafficNow = {
  readonly uid: string;
  readonly trafficId: string;
  readonly level: "caution" | "warning";
  readonly text: string;
  /** What was agreed to do then. */
  readonly suggestion: string;
};

/** One of ours and a flight restriction that it is in, flies towards, or has on its way home. */
export type RestrictionNow = {
  readonly uid: string;
  readonly notam: string;
  readonly relation: RestrictionRelation;
  readonly text: string;
};

/** A limit that an aircraft breaks now, in words. */
export type LimitNow = { readonly subject: string; readonly about: string; readonly text: string };

export const alarmLimits = {
  presenceS: 60,
  presenceReturnS: 120,
  turnWarnS: 120,
  turnWarnEndsS: 180,
  landedAwayS: 60,
} as const;

/** Level-triggered: an alarm stands as long as this says so, and ends by nothing else. */
export function wantedAlarms(now: AlarmNow): Wanted[] {
  const wanted: Wanted[] = [];
  const flying = now.aircraft.filter((one) => one.live);
  if (!now.bridgeUp && now.everUp)
    wanted.push({
      cause: "bridgeLost",
      subject: "bridge",
      level: flying.length > 0 ? "warning" : "caution",
      about: "Bridge",
      text:
        flying.length > 0
          ? `No contact with the drone bridge; ${names(flying)} in flight.`
          : "No contact with the drone bridge.",
      consequence: flying.length > 0 ? turnsHome(flying, now.graceS) : "Nothing can be launched until it is back.",
    });
  for (const one of now.aircraft) wanted.push(...ofAircraft(one, now));
  for (const dock of now.docks) if (dock.jammed) wanted.push(jammed(dock));
  for (const card of now.unread) wanted.push(unread(card));
  for (const conflict of now.traffic) wanted.push(traffic(conflict, now.aircraft));
  for (const one of now.restrictions) wanted.push(restricted(one, now.aircraft));
  for (const limit of now.limits)
    wanted.push({ cause: "limit", level: "caution", consequence: "It stands until the limit is kept.", ...limit });
  for (const { sourceId, perMinute } of now.floods) wanted.push(flood(sourceId, perMinute));
  for (const one of now.unidentified) wanted.push(unidentified(one, now.aircraft));
  if (now.ourIdsAt !== undefined) wanted.push(ourIds(now.ourIdsAt, flying));
  if (now.forged !== undefined) wanted.push(forged(now.forged));
  return wanted;
}

const names = (aircraft: readonly AircraftNow[]): string => aircraft.map((one) => one.callSign).join(", ");

/**
 * A bridge that died is missed by the aircraft at once; one that only lost the station goes on for its grace. From here
 * the two look the same, so both ends are told.
 */
function turnsHome(flying: readonly AircraftNow[], graceS: number): string {
  const proven = flying.flatMap((one) => one.returnsAfterS ?? []);
  const unproven = flying.filter((one) => one.returnsAfterS === undefined);
  const rest = unproven.length === 0 ? "" : `What ${names(unproven)} will do by itself is not proven.`;
  if (proven.length === 0) return rest;
  const soonest = Math.round(Math.min(...proven));
  const latest = Math.round(Math.max(...proven) + graceS);
  const either = `${soonest} if the bridge itself is down, ${latest} if only the way to it is`;
  return `They turn for home by themselves ${soonest} to ${latest} s after contact was lost: ${either}. ${rest}`.trim();
}

function unread({ adviceId, unit, text }: UnreadNow): Wanted {
  const consequence = "It stands until it is read or taken back.";
  // Part of the alarm's id, which stands in addresses.
  const subject = `${adviceId}.${unit.replace(/[^\w.-]/g, "_")}`;
  return { cause: "adviceUnread", subject, level: "caution", about: unit, text, consequence };
}

function traffic({ uid, trafficId, level, text, suggestion }: TrafficNow, ours: readonly AircraftNow[]): Wanted {
  const about = ours.find((one) => one.uid === uid)?.callSign ?? uid;
  // Part of the alarm's id, which stands in addresses.
  const subject = `${uid}.${trafficId.replace(/[^\w.-]/g, "_")}`;
  return { cause: "traffic", subject, level, about, text, consequence: suggestion };
}

const leaveIt: Readonly<Record<RestrictionRelation, string>> = {
  inside: "Nothing moves by itself: leave it the shortest way, or land.",
  ahead: "Nothing moves by itself: hold, turn round, or go round it.",
  wayHome: "Nothing moves by itself: its return flies straight through it. Bring it home another way.",
};

function restricted({ uid, notam, relation, text }: RestrictionNow, ours: readonly AircraftNow[]): Wanted {
  const about = ours.find((one) => one.uid === uid)?.callSign ?? uid;
  // Part of the alarm's id, which stands in addresses.
  const subject = `${uid}.${notam.replace(/[^\w.-]/g, "_")}`;
  const level = relation === "wayHome" ? "caution" : "warning";
  // Each relation is a cause of its own: what was ahead and is entered now has to be said anew.
  const cause = { inside: "inRestriction", ahead: "restrictionAhead", wayHome: "restrictionOnWayHome" }[relation];
  return { cause, subject, level, about, text, consequence: leaveIt[relation] };
}

function flood(sourceId: string, perMinute: number): Wanted {
  return {
    cause: "flood",
    // Part of the alarm's id, which stands in addresses.
    subject: sourceId.replace(/[^\w.-]/g, "_"),
    level: "caution",
    about: sourceId,
    text: `${sourceId} sends more than the ${perMinute} reports a minute that are usual of it.`,
    consequence: "None is lost, and none of them launches anything by itself: each needs a pilot's word.",
  };
}

function jammed(dock: DockNow): Wanted {
  return {
    cause: "dockJammed",
    subject: dock.dockId,
    level: dock.expected === undefined ? "caution" : "warning",
    about: dock.name,
    text: `The door of ${dock.name} is jammed.`,
    consequence:
      dock.expected === undefined
        ? "Its aircraft cannot be launched."
        : `${dock.expected} needs another place to land.`,
  };
}

function ofAircraft(one: AircraftNow, now: AlarmNow): Wanted[] {
  const wanted: Wanted[] = [];
  const add = (cause: string, level: Wanted["level"], text: string, consequence: string): void => {
    wanted.push({ cause, subject: one.uid, level, about: one.callSign, text: `${one.callSign} ${text}`, consequence });
  };
  if (one.abortedMayBeArmed)
    add(
      "mayBeArmed",
      "warning",
      "may be armed although its launch was aborted.",
      "On the ground it disarms by itself after about 10 s.",
    );
  if (one.unconfirmed !== undefined)
    add(
      "unconfirmed",
      "warning",
      `gave no answer: ${one.unconfirmed}`,
      "It may have happened. Look, then decide; nothing is sent again by itself.",
    );
  if (one.foreignStations > 0) addForeign(one, add);
  if (one.sysidShared) addShared(one, add);
  if (!one.live) {
    if (one.landedAwayS >= alarmLimits.landedAwayS)
      add(
        "landedAway",
        "caution",
        "landed, but its dock does not see it.",
        "Its dock stays open until somebody has looked.",
      );
    return wanted;
  }
  addDuty(one, add);
  // One cause, one alarm: without the bridge or the link nothing below is known, and it follows from that loss.
  if (!now.bridgeUp) return wanted;
  if (one.link === "lost") {
    add(
      "linkLost",
      "warning",
      "link lost.",
      one.returnsAfterS === undefined
        ? "What it does by itself is not proven."
        : `Turns for home by itself ${Math.round(one.returnsAfterS)} s after the last contact.`,
    );
    return wanted;
  }
  if (one.link === "late")
    add(
      "linkLate",
      "caution",
      "link late.",
      one.returnsAfterS === undefined
        ? "What it does by itself is not proven."
        : `Turns for home by itself at ${Math.round(one.returnsAfterS)} s.`,
    );
  addOthers(one, add);
  addState(one, add);
  return wanted;
}

type Add = (cause: string, level: Wanted["level"], text: string, consequence: string) => void;

function addShared(one: AircraftNow, add: Add): void {
  const text = "shares its system id with another aircraft.";
  if (one.live)
    add(
      "sysidShared",
      "warning",
      text,
      "Only hold, return and land go to it, and the other may obey them too. Switch the other one off.",
    );
  else
    add("sysidShared", "caution", text, "Neither can be launched. Switch one off and give it a system id of its own.");
}

function addForeign(one: AircraftNow, add: Add): void {
  if (one.live)
    add(
      "foreignStation",
      "warning",
      "hears another ground station.",
      "While that one sends, a lost link does not bring it home.",
    );
  else
    add(
      "foreignStation",
      "caution",
      "hears another ground station.",
      "It cannot be launched until that one is switched off.",
    );
}

/** In the air only: on the ground the launch gate says it. */
function addOthers(one: AircraftNow, add: Add): void {
  if (one.otherControl !== undefined)
    add(
      "otherControl",
      "warning",
      `is flown by another ground station: ${one.otherControl}.`,
      "It is not fought by itself. Your next flying order takes it back.",
    );
  if (one.changedByOther.length > 0)
    add(
      "planChanged",
      "warning",
      `carries another ${one.changedByOther.join(" and ")} than the one that was read back.`,
      one.changedByOther.includes("fence")
        ? "What keeps it inside is not proven: bring it home."
        : "Where it goes by itself is not proven: fly it by orders, or bring it home.",
    );
  if (one.gimbalsTaken.length > 0)
    add(
      "gimbalTaken",
      "caution",
      `does not point its camera by our order: ${one.gimbalsTaken.join("; ")}.`,
      "It is not fought by itself. Your next camera order takes it back.",
    );
}

/** Who answers for it, and for what. */
function addDuty(one: AircraftNow, add: Add): void {
  if (one.inAir && one.presenceS === undefined)
    add("nobody", "warning", "is in the air and nobody answers for it.", "Take control of it, or send it home.");
  if (one.inAir && one.presenceS !== undefined && one.presenceS >= alarmLimits.presenceS && !one.returning)
    add(
      "presence",
      "caution",
      `has no eyes on it: ${one.picName ?? "its pilot"} was not seen for a minute.`,
      `Turns for home at ${alarmLimits.presenceReturnS} s.`,
    );
  if (one.cancelled && !one.returning)
    add("cancelled", "caution", "flies to a call that was cancelled.", "It goes on until you send it home.");
}

function addState(one: AircraftNow, add: Add): void {
  if (one.failsafe !== undefined) add("failsafe", "warning", `failsafe: ${one.failsafe}`, whatToDo(one.failsafe));
  if (one.doubt !== undefined)
    add(
      "position",
      "warning",
      `position doubted: ${one.doubt}`,
      "Hold, then fly by hand or land at a clear place. Return goes by the same position.",
    );
  if (one.noDock)
    add(
      "noDock",
      "warning",
      "has no dock that can take it in.",
      "It comes home to a closed dock: choose a place to land.",
    );
  if (one.returning || one.turnInS === undefined) return;
  if (one.turnInS <= 0) add("energyPast", "warning", "is past the point where it must turn.", "It is sent home now.");
  else if (one.turnInS < (one.turnWarned === true ? alarmLimits.turnWarnEndsS : alarmLimits.turnWarnS))
    add("energySoon", "caution", "must turn in about 2 minutes.", "It is sent home by itself when it must turn.");
}

/** What the bridge begins with where an aircraft has turned over: no order helps it, and its motors may still turn. */
const fallen = "out of control";

const whatToDo = (failsafe: string): string =>
  failsafe.startsWith(fallen)
    ? "No order can hold it. Keep people away from beneath it and from where it lies; emergency stop ends its motors."
    : "The aircraft acts by itself; you can take over.";
