import type { Fact, FactData } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type Offer = {
  readonly to: string;
  readonly toName: string;
  readonly from: string;
  readonly text: string;
  readonly atMs: number;
};
export type Control = {
  readonly uid: string;
  readonly picId: string;
  readonly picName: string;
  readonly offer: Offer | undefined;
  readonly camera: { readonly personId: string; readonly name: string } | undefined;
  /** Its pilot was gone too long: it has been sent home. */
  readonly calledHome: boolean;
};

export type Ask = {
  readonly askId: string;
  readonly incidentId: string;
  readonly ask: FactData<"AskMade">["ask"];
  readonly byId: string;
  readonly byName: string;
  readonly tMs: number;
  readonly state: "open" | "accepted" | "refused";
  readonly word: string;
};

export type ControlState = {
  /** Who answers for each aircraft that is in use. One pilot each. */
  readonly controls: ReadonlyMap<string, Control>;
  readonly asks: ReadonlyMap<string, Ask>;
};

const KEPT_ASKS = 200;

export const controlRoom: Room<ControlState> = {
  name: "control",
  initial: () => ({ controls: new Map(), asks: new Map() }),
  evolve: (state, fact) => evolveAsks(evolveControl(state, fact), fact),
};

function put(state: ControlState, control: Control): ControlState {
  return { ...state, controls: new Map(state.controls).set(control.uid, control) };
}

function change(state: ControlState, uid: string, with_: Partial<Control>): ControlState {
  const before = state.controls.get(uid);
  return before === undefined ? state : put(state, { ...before, ...with_ });
}

function without(state: ControlState, uid: string): ControlState {
  if (!state.controls.has(uid)) return state;
  const controls = new Map(state.controls);
  controls.delete(uid);
  return { ...state, controls };
}

export function evolveControl(state: ControlState, fact: Fact): ControlState {
  switch (fact.type) {
    case "ControlTaken":
    case "ControlGiven": {
      const { uid, personId, name } = fact.data;
      const camera = state.controls.get(uid)?.camera;
      return put(state, { uid, picId: personId, picName: name, offer: undefined, camera, calledHome: false });
    }
    case "ControlOffered": {
      const { uid, to, toName, text } = fact.data;
      const from = state.controls.get(uid)?.picId ?? "";
      return change(state, uid, { offer: { to, toName, from, text, atMs: fact.tMs } });
    }
    case "ControlKept": {
      const { uid, personId: picId, name } = fact.data;
      if (picId === undefined) return without(state, uid);
      return change(state, uid, { picId, picName: name ?? picId, offer: undefined });
    }
    case "CameraGranted":
      return change(state, fact.data.uid, { camera: { personId: fact.data.personId, name: fact.data.name } });
    case "CameraReturned":
      return change(state, fact.data.uid, { camera: undefined });
    case "CalledHome":
      return change(state, fact.data.uid, { calledHome: true });
    case "FlightClosed":
      return without(state, fact.data.uid);
    case "LaunchAborted":
      return fact.data.safe ? without(state, fact.data.uid) : state;
    case "RunStarted":
      return { controls: new Map(), asks: new Map() };
    case "LaunchProposed":
      return without(state, fact.data.choice.uid);
    default:
      return state;
  }
}

function evolveAsks(state: ControlState, fact: Fact): ControlState {
  switch (fact.type) {
    case "AskMade": {
      const { askId, incidentId, ask } = fact.data;
      const byId = fact.by.kind === "person" ? fact.by.personId : "";
      const byName = fact.by.kind === "person" ? fact.by.name : "";
      const asks = new Map(state.asks).set(askId, {
        askId,
        incidentId,
        ask,
        byId,
        byName,
        tMs: fact.tMs,
        state: "open",
        word: "",
      });
      const oldest = asks.size > KEPT_ASKS ? asks.keys().next().value : undefined;
      if (oldest !== undefined) asks.delete(oldest);
      return { ...state, asks };
    }
    case "AskAnswered": {
      const before = state.asks.get(fact.data.askId);
      if (before === undefined) return state;
      const answered: Ask = { ...before, state: fact.data.accepted ? "accepted" : "refused", word: fact.data.word };
      return { ...state, asks: new Map(state.asks).set(before.askId, answered) };
    }
    default:
      return state;
  }
}
