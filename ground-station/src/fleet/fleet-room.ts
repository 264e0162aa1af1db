import type { Actor, Fact, FactData, OrderState, OrderVerb } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type PlanPart = FactData<"PlanChangedByOther">["part"];

/** What facts say about one aircraft. Positions and charge are samples and not kept here. */
export type AircraftState = {
  readonly uid: string;
  readonly identity: FactData<"AircraftIdentified"> | undefined;
  readonly armed: boolean;
  readonly inAir: boolean;
  readonly mode: string;
  readonly modeBy: "ours" | "other" | "failsafe";
  readonly failsafe: string | undefined;
  readonly failsafeMs: number | undefined;
  readonly link: "live" | "late" | "lost";
  readonly parameters: { readonly values: Readonly<Record<string, number>>; readonly readMs: number } | undefined;
  readonly foreignStations: readonly number[];
  /** Another ground station moved it or what it will fly; ends with our next order or with its motors. */
  readonly otherControl: string | undefined;
  /** What somebody else changed of what it carries; ends when ours is read back. */
  readonly changedByOther: readonly PlanPart[];
  /** Its gimbals that somebody else has without our order, in words. */
  readonly gimbalsTaken: readonly { readonly gimbal: number; readonly text: string }[];
  readonly doubt: string | undefined;
  readonly duplicateSysid: boolean;
  readonly sticks: boolean;
  /** The order that took the sticks last: whose samples the bridge lets move it. */
  readonly stickGrant: string | undefined;
  /** Who answers for it, as the bridge is told: nobody else's sticks move it. */
  readonly pilotId: string | undefined;
  /** What its Remote ID module said last, in this start of the aircraft and of the bridge. */
  readonly remoteId: { readonly state: "good" | "failed" | "silent"; readonly text: string } | undefined;
  readonly landedAt: { readonly latDeg: number; readonly lonDeg: number } | undefined;
  /** The last thing the autopilot complained about, for the reason of a refusal. */
  readonly said: { readonly text: string; readonly tMs: number } | undefined;
  /** Name of the fence that was read back from it since it started. */
  readonly fenceAboard: string | undefined;
};

export type OrderEntry = {
  readonly orderId: string;
  readonly uid: string;
  readonly launchId: string | undefined;
  readonly act: OrderVerb;
  readonly by: Actor;
  readonly issuedMs: number;
  readonly state: OrderState;
  /** The bridge has it in its journal. */
  readonly sent: boolean;
  readonly text: string;
};

export type DockFacts = {
  readonly dockId: string;
  readonly connected: boolean;
  readonly door: string;
  readonly padClear: boolean;
  readonly occupied: boolean;
};

/** An autopilot that the bridge hears and that does not say who it is. */
export type Unidentified = FactData<"AircraftUnidentified">;

export type FleetState = {
  readonly aircraft: ReadonlyMap<string, AircraftState>;
  /** By link, peer and system id. */
  readonly unidentified: ReadonlyMap<string, Unidentified>;
  readonly docks: ReadonlyMap<string, DockFacts>;
  readonly orders: ReadonlyMap<string, OrderEntry>;
  readonly bridgeUp: boolean;
  /** Somebody sends with our own ids; told again once a minute while it lasts. */
  /** The last order the bridge was sent that was not this station's own. */
  readonly forged: { readonly verb: string; readonly reason: string; readonly tMs: number } | undefined;
  readonly ourIdsUsed: { readonly endpoint: string; readonly tMs: number } | undefined;
  /** When the bridge was last lost, and when it came back from that. */
  readonly bridgeAway: { readonly lostMs: number | undefined; readonly backMs: number | undefined };
  /** The bridge's journal that is being taken over, and how far. */
  readonly journal: { readonly part: string; readonly seq: number };
};

const KEPT_ORDERS = 400;

const fresh = (uid: string): AircraftState => ({
  uid,
  identity: undefined,
  armed: false,
  inAir: false,
  mode: "unknown",
  modeBy: "ours",
  failsafe: undefined,
  failsafeMs: undefined,
  link: "live",
  parameters: undefined,
  foreignStations: [],
  otherControl: undefined,
  changedByOther: [],
  gimbalsTaken: [],
  doubt: undefined,
  duplicateSysid: false,
  sticks: false,
  stickGrant: undefined,
  pilotId: undefined,
  remoteId: undefined,
  landedAt: undefined,
  said: undefined,
  fenceAboard: undefined,
});

export const fleetRoom: Room<FleetState> = {
  name: "fleet",
  initial: () => ({
    aircraft: new Map(),
    unidentified: new Map(),
    docks: new Map(),
    orders: new Map(),
    bridgeUp: false,
    forged: undefined,
    ourIdsUsed: undefined,
    bridgeAway: { lostMs: undefined, backMs: undefined },
    journal: { part: "", seq: 0 },
  }),
  evolve: (state, fact) => evolveDocks(evolveOrders(evolveAircraft(evolveJournal(state, fact), fact), fact), fact),
};

function evolveJournal(state: FleetState, fact: Fact): FleetState {
  if (fact.type === "RunStarted") return newRun(state);
  if (fact.type === "BridgeLost")
    return { ...state, bridgeUp: false, bridgeAway: { lostMs: fact.tMs, backMs: undefined } };
  if (fact.type === "BridgeBack")
    return { ...state, bridgeUp: true, bridgeAway: { ...state.bridgeAway, backMs: fact.tMs } };
  if (fact.origin === undefined) return state;
  return { ...state, journal: fact.origin };
}

/** A new run puts everything back on its pad; what the aircraft are and how they are set stays true. */
function newRun(state: FleetState): FleetState {
  const aircraft = new Map<string, AircraftState>();
  for (const [uid, one] of state.aircraft)
    aircraft.set(uid, { ...fresh(uid), identity: one.identity, parameters: one.parameters });
  return { ...state, aircraft, unidentified: new Map(), orders: new Map() };
}

function change(state: FleetState, uid: string, with_: Partial<AircraftState>): FleetState {
  const aircraft = new Map(state.aircraft);
  aircraft.set(uid, { ...(state.aircraft.get(uid) ?? fresh(uid)), ...with_ });
  return { ...state, aircraft };
}

function evolveAircraft(state: FleetState, fact: Fact): FleetState {
  switch (fact.type) {
    case "AircraftIdentified":
      return change(state, fact.data.uid, { identity: fact.data, duplicateSysid: false });
    case "AircraftRebooted":
      return change(state, fact.data.uid, {
        parameters: undefined,
        armed: false,
        inAir: false,
        failsafe: undefined,
        fenceAboard: undefined,
        remoteId: undefined,
      });
    case "RemoteIdChanged":
      return change(state, fact.data.uid, { remoteId: { state: fact.data.state, text: fact.data.text } });
    case "BridgeStarted":
      return bridgeAnew(state);
    case "PlanReadBack":
      return change(state, fact.data.uid, { fenceAboard: fact.data.fenceHash, changedByOther: [] });
    case "DuplicateSysid":
      return fact.data.uids.reduce((next, uid) => change(next, uid, { duplicateSysid: true }), state);
    case "DuplicateSysidOver":
      return change(state, fact.data.uid, { duplicateSysid: false });
    case "FailsafeParametersRead":
      return change(state, fact.data.uid, { parameters: { values: fact.data.values, readMs: fact.tMs } });
    case "Armed":
      return change(state, fact.data.uid, { armed: true, landedAt: undefined });
    case "Disarmed":
      return change(state, fact.data.uid, {
        armed: false,
        inAir: false,
        failsafe: undefined,
        sticks: false,
        otherControl: undefined,
      });
    case "Airborne":
      return change(state, fact.data.uid, { armed: true, inAir: true });
    case "Landed":
      return change(state, fact.data.uid, {
        inAir: false,
        landedAt: { latDeg: fact.data.latDeg, lonDeg: fact.data.lonDeg },
      });
    case "ModeChanged":
      return change(state, fact.data.uid, { mode: fact.data.mode, modeBy: fact.data.by });
    case "FailsafeSeen":
      return change(state, fact.data.uid, { failsafe: fact.data.text, failsafeMs: fact.tMs });
    case "FailsafeOver":
      return change(state, fact.data.uid, { failsafe: undefined });
    case "AutopilotSaid":
      return fact.data.severity <= 4
        ? change(state, fact.data.uid, { said: { text: fact.data.text, tMs: fact.tMs } })
        : state;
    default:
      return evolveDoubts(state, fact);
  }
}

function evolveDoubts(state: FleetState, fact: Fact): FleetState {
  switch (fact.type) {
    case "LinkLate":
      return change(state, fact.data.uid, { link: "late" });
    case "LinkLost":
      return change(state, fact.data.uid, { link: "lost" });
    case "LinkBack":
      return change(state, fact.data.uid, { link: "live" });
    case "PositionDoubted":
      return change(state, fact.data.uid, { doubt: fact.data.reason });
    case "PositionTrusted":
      return change(state, fact.data.uid, { doubt: undefined });
    case "ForeignStationHeard":
      return change(state, fact.data.uid, { foreignStations: [...without(state, fact.data), fact.data.sysid] });
    case "ForeignStationGone":
      return change(state, fact.data.uid, { foreignStations: without(state, fact.data) });
    default:
      return evolveOthers(state, fact);
  }
}

/** A bridge that begins anew tells these again as soon as it hears them; until then nobody knows. */
function bridgeAnew(state: FleetState): FleetState {
  return [...state.aircraft].reduce<FleetState>(
    (next, [uid, one]) =>
      one.remoteId === undefined && one.gimbalsTaken.length === 0 && !one.duplicateSysid
        ? next
        : change(next, uid, { remoteId: undefined, gimbalsTaken: [], duplicateSysid: false }),
    { ...state, unidentified: new Map() },
  );
}

/** What other stations and other aircraft do on our links. */
function evolveOthers(state: FleetState, fact: Fact): FleetState {
  switch (fact.type) {
    case "ControlTaken":
    case "ControlGiven":
    case "ControlKept":
      return change(state, fact.data.uid, { pilotId: fact.data.personId, sticks: false, stickGrant: undefined });
    case "SticksEnded":
      return change(state, fact.data.uid, { sticks: false, stickGrant: undefined });
    case "OtherStationTookControl":
      return change(state, fact.data.uid, { otherControl: fact.data.text });
    case "OtherStationLetGo":
      return change(state, fact.data.uid, { otherControl: undefined });
    case "PlanChangedByOther": {
      const { uid, part } = fact.data;
      const before = state.aircraft.get(uid)?.changedByOther ?? [];
      // What is aboard now is not what was read back.
      return change(state, uid, {
        changedByOther: [...before.filter((one) => one !== part), part],
        ...(part === "fence" ? { fenceAboard: undefined } : {}),
      });
    }
    case "GimbalTakenByOther":
    case "GimbalGivenBack": {
      const { uid, gimbal } = fact.data;
      const others = (state.aircraft.get(uid)?.gimbalsTaken ?? []).filter((one) => one.gimbal !== gimbal);
      const taken = fact.type === "GimbalTakenByOther" ? [{ gimbal, text: fact.data.text }] : [];
      return change(state, uid, { gimbalsTaken: [...others, ...taken] });
    }
    case "OrderNotVerified":
      return { ...state, forged: { verb: fact.data.verb, reason: fact.data.reason, tMs: fact.tMs } };
    case "AircraftUnidentified":
    case "AircraftUnidentifiedOver": {
      const unidentified = new Map(state.unidentified);
      const key = `${fact.data.endpoint}#${fact.data.sysid}`;
      if (fact.type === "AircraftUnidentified") unidentified.set(key, fact.data);
      else unidentified.delete(key);
      return { ...state, unidentified };
    }
    case "OurIdsUsed":
      return { ...state, ourIdsUsed: { endpoint: fact.data.endpoint, tMs: fact.tMs } };
    case "SysidChanged": {
      const { uid, sysid } = fact.data;
      const identity = state.aircraft.get(uid)?.identity;
      return identity === undefined ? state : change(state, uid, { identity: { ...identity, sysid } });
    }
    case "AircraftReplaced":
      return change(state, fact.data.before, { identity: undefined });
    default:
      return state;
  }
}

const without = (state: FleetState, { uid, sysid }: { uid: string; sysid: number }): number[] =>
  (state.aircraft.get(uid)?.foreignStations ?? []).filter((other) => other !== sysid);

function evolveOrders(state: FleetState, fact: Fact): FleetState {
  switch (fact.type) {
    case "OrderIssued": {
      const { orderId, uid, launchId, act } = fact.data;
      const orders = new Map(state.orders);
      orders.set(orderId, {
        orderId,
        uid,
        launchId,
        act,
        by: fact.by,
        issuedMs: fact.tMs,
        state: "sending",
        sent: false,
        text: "",
      });
      const oldest = orders.size > KEPT_ORDERS ? orders.keys().next().value : undefined;
      if (oldest !== undefined) orders.delete(oldest);
      return { ...state, orders };
    }
    case "OrderSent":
      return changeOrder(state, fact.data.orderId, { sent: true });
    case "OrderAcknowledged":
      return changeOrder(state, fact.data.orderId, { state: "acknowledged", sent: true });
    case "OrderDone":
      return sticksAfter(changeOrder(state, fact.data.orderId, { state: "done", text: fact.data.text }), fact.data);
    case "OrderRefused":
      return changeOrder(state, fact.data.orderId, { state: "refused", text: fact.data.reason });
    case "OrderUnconfirmed":
      return changeOrder(state, fact.data.orderId, { state: "unconfirmed", text: fact.data.text });
    case "OrderSuperseded":
      return changeOrder(state, fact.data.orderId, { state: "superseded", text: fact.data.text });
    default:
      return state;
  }
}

function changeOrder(state: FleetState, orderId: string, with_: Partial<OrderEntry>): FleetState {
  const before = state.orders.get(orderId);
  if (before === undefined) return state;
  const orders = new Map(state.orders);
  orders.set(orderId, { ...before, ...with_ });
  return { ...state, orders };
}

function sticksAfter(
  state: FleetState,
  { uid, verb, orderId }: { uid: string; verb: string; orderId: string },
): FleetState {
  if (verb === "takeStick") return change(state, uid, { sticks: true, stickGrant: orderId });
  return verb === "releaseStick" ? change(state, uid, { sticks: false }) : state;
}

function evolveDocks(state: FleetState, fact: Fact): FleetState {
  switch (fact.type) {
    case "DockConnected":
      return changeDock(state, fact.data.dockId, {
        connected: true,
        ...(fact.data.type === "pad" ? { door: "none" } : {}),
      });
    case "DockLost":
      return changeDock(state, fact.data.dockId, { connected: false });
    case "DockDoorChanged":
      return changeDock(state, fact.data.dockId, {
        connected: true,
        door: fact.data.door,
        padClear: fact.data.padClear,
        occupied: fact.data.occupied,
      });
    default:
      return state;
  }
}

function changeDock(state: FleetState, dockId: string, with_: Partial<DockFacts>): FleetState {
  const docks = new Map(state.docks);
  const before = state.docks.get(dockId) ?? {
    dockId,
    connected: false,
    door: "closed",
    padClear: true,
    occupied: false,
  };
  docks.set(dockId, { ...before, ...with_ });
  return { ...state, docks };
}

export const aircraftOf = (state: FleetState, uid: string): AircraftState => state.aircraft.get(uid) ?? fresh(uid);
