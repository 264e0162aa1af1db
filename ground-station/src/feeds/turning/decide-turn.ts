import {
  type ActBody,
  type Actor,
  type CameraAim,
  type CameraTowards,
  type FactData,
  type FixedCameraConfig,
  type GeoPoint,
  type NewFact,
  newFact,
} from "@outrider/contract";
import { type AimStep, stepOf, steppedAim } from "./aim.js";
import type { Turn, TurnState } from "./turn-room.js";

export type TurnCommand = {
  readonly turnId: string;
  readonly cameraId: string;
  readonly by: Actor;
  readonly wish: ActBody<"turnCamera">;
};

export type KnownPreset = { readonly preset: string; readonly name: string; readonly aim: CameraAim | undefined };

/** What is true of the camera now, and the geometry that it takes. */
export type TurnView = {
  readonly nowMs: number;
  readonly heldMs: number;
  readonly config: FixedCameraConfig;
  /** Why nobody can turn it from here; undefined where one can. */
  readonly cannot: string | undefined;
  /** Where it looks by its own word; undefined where that is not known now. */
  readonly present: CameraAim | undefined;
  readonly zoomMax: number | undefined;
  readonly home: KnownPreset | CameraAim;
  readonly presets: readonly KnownPreset[];
  readonly zonesConfigured: boolean;
  readonly aimAt: (point: GeoPoint) => CameraAim;
  /** Why it cannot look there. */
  readonly outOfReach: (aim: CameraAim) => string | undefined;
  readonly zoneAtPlace: (point: GeoPoint) => string | undefined;
  readonly zoneAtAim: (aim: CameraAim) => string | undefined;
};

/** What is sent once the facts are on disk. */
export type TurnOrder =
  | { readonly kind: "aim"; readonly aim: CameraAim }
  | { readonly kind: "preset"; readonly preset: string; readonly aim: CameraAim | undefined };

export type TurnDecision =
  | {
      readonly kind: "decided";
      readonly turnId: string;
      readonly facts: readonly NewFact[];
      readonly order: TurnOrder;
    }
  | {
      readonly kind: "refused";
      readonly facts: readonly NewFact[];
      readonly reason: string;
      readonly doThis: string;
      /** Somebody else turned it a moment ago: it is his until he says otherwise, or it is meant all the same. */
      readonly heldBy?: string;
    };

type Wanted = { readonly towards: CameraTowards; readonly order: TurnOrder };
type No = { readonly reason: string; readonly doThis: string; readonly towards: CameraTowards };

/** One hand at a time, never into a privacy zone, every turn and every refusal with a name. */
export function decideTurn(command: TurnCommand, state: TurnState, view: TurnView): TurnDecision {
  const { cameraId } = command;
  const wanted = wantedBy(command.wish, state.get(cameraId)?.last, view);
  const { towards } = wanted;
  const refused = (reason: string, doThis: string, heldBy?: string): TurnDecision => {
    const fact = newFact("CameraTurned", { ...about(command, towards, view), outcome: "refused", reason }, command.by);
    return { kind: "refused", facts: [fact], reason, doThis, ...(heldBy === undefined ? {} : { heldBy }) };
  };
  if (view.cannot !== undefined) return refused(view.cannot, "Use another camera, or ask for an aircraft.");
  const holder = command.wish.takeOver === true ? undefined : heldByOther(command, state, view);
  if (holder !== undefined)
    return refused(
      `Held by ${holder.name}, who turned it ${holder.agoS} s ago.`,
      "Ask, or turn it all the same.",
      holder.name,
    );
  if ("reason" in wanted) return refused(wanted.reason, wanted.doThis);
  const { order } = wanted;
  const far = order.aim && view.outOfReach(order.aim);
  if (far !== undefined) return refused(far, "Use another camera, or ask for an aircraft.");
  const zone = intoZone(wanted, view);
  if (zone !== undefined) return refused(zone, "Look beside it.");
  const aim = order.aim === undefined ? {} : { aim: order.aim };
  const asked = newFact("CameraTurnAsked", { ...about(command, towards, view), ...aim }, command.by);
  const facts = [...overtaken(command, state, view), asked];
  return { kind: "decided", turnId: command.turnId, facts, order };
}

function about({ turnId, cameraId, wish }: TurnCommand, towards: CameraTowards, { config }: TurnView) {
  const incident = wish.incidentId === undefined ? {} : { incidentId: wish.incidentId };
  return { turnId, cameraId, name: config.name, towards, ...incident };
}

function heldByOther(
  { cameraId, by }: TurnCommand,
  state: TurnState,
  { nowMs, heldMs }: TurnView,
): { readonly name: string; readonly agoS: number } | undefined {
  const last = state.get(cameraId)?.last;
  if (last === undefined || last.by.kind !== "person" || last.outcome === "refused") return undefined;
  if (by.kind === "person" && by.personId === last.by.personId) return undefined;
  const agoMs = nowMs - last.atMs;
  // Less than nothing: another run's time.
  return agoMs >= 0 && agoMs < heldMs ? { name: last.by.name, agoS: Math.floor(agoMs / 1000) } : undefined;
}

/** The turn before it, where nobody knows yet what became of it. */
function overtaken({ cameraId }: TurnCommand, state: TurnState, { config }: TurnView): readonly NewFact[] {
  const last = state.get(cameraId)?.last;
  return last?.outcome === "asked"
    ? [endOf(cameraId, config.name, last, "superseded", "The next turn came first.")]
    : [];
}

/** The end of a turn, in the name of whoever asked for it. */
export function endOf(
  cameraId: string,
  name: string,
  turn: Turn,
  outcome: FactData<"CameraTurned">["outcome"],
  reason: string,
): NewFact {
  const { turnId, towards, incidentId, by } = turn;
  const incident = incidentId === undefined ? {} : { incidentId };
  return newFact("CameraTurned", { turnId, cameraId, name, towards, ...incident, outcome, reason }, by);
}

function wantedBy(wish: TurnCommand["wish"], last: Turn | undefined, view: TurnView): Wanted | No {
  switch (wish.verb) {
    case "look":
      return { towards: { kind: "place", point: wish.point }, order: { kind: "aim", aim: view.aimAt(wish.point) } };
    case "home":
      return { towards: { kind: "home" }, order: orderTo(view.home) };
    case "preset": {
      const known = view.presets.find(({ preset }) => preset === wish.preset);
      const towards = { kind: "preset", preset: wish.preset, name: known?.name ?? wish.preset } as const;
      if (known === undefined) return { towards, reason: "It has no such preset.", doThis: "Choose another one." };
      return { towards, order: orderTo(known) };
    }
    case "step":
      return wantedStep(wish, last, view);
  }
}

function wantedStep(
  wish: Extract<TurnCommand["wish"], { verb: "step" }>,
  last: Turn | undefined,
  view: TurnView,
): Wanted | No {
  // While it is still turning, steps add up from where it was sent.
  const from = last?.outcome === "asked" && last.aim !== undefined ? last.aim : view.present;
  const step: AimStep = stepOf(wish, from?.hfovDeg ?? view.config.hfovDeg);
  const towards = { kind: "step", ...step } as const;
  if (from === undefined)
    return { towards, reason: "Where it looks now is not known.", doThis: "Turn it to a place, or home." };
  if (wish.nearer !== 0 && (view.zoomMax === undefined || from.hfovDeg === undefined))
    return { towards, reason: "How far it zooms is not known.", doThis: "Set onvif.zoomMax in the configuration." };
  return { towards, order: { kind: "aim", aim: steppedAim(from, step, view.config, view.zoomMax) } };
}

const orderTo = (to: KnownPreset | CameraAim): TurnOrder =>
  "preset" in to ? { kind: "preset", preset: to.preset, aim: to.aim } : { kind: "aim", aim: to };

/** Home is its owner's own surveyed direction; anywhere else is looked at before it is sent there. */
function intoZone({ towards, order }: Wanted, view: TurnView): string | undefined {
  if (towards.kind === "home" || !view.zonesConfigured) return undefined;
  if (order.aim === undefined) return "It tells no direction for this preset, which may lie in a privacy zone.";
  const zone = (towards.kind === "place" ? view.zoneAtPlace(towards.point) : undefined) ?? view.zoneAtAim(order.aim);
  return zone === undefined ? undefined : `It would look into the privacy zone ${zone}.`;
}
