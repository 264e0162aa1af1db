import type { AlarmView, DecidedView, LaunchView } from "@outrider/contract";
import { aircraftOf, fleetRoom, Ticker } from "../fleet/index.js";
import type { Session, StationContext, StationPart } from "../kernel/index.js";
import type { LoadView } from "../launch/index.js";
import { askRoutes } from "./ask-routes.js";
import { controlRoom } from "./control-room.js";
import { fleetView, type VideoState } from "./fleet-view.js";
import { flyRoutes } from "./fly-routes.js";
import { askView, pilotView } from "./pilot-view.js";
import { watchPresence } from "./presence-watch.js";
import { type TaskingDeps, TaskingDesk } from "./tasking-desk.js";

export type TaskingPartDeps = TaskingDeps & {
  readonly alarms: () => readonly AlarmView[];
  readonly cards: () => readonly LaunchView[];
  readonly load: () => LoadView;
  /** What was decided of late, for the desks of pilots. */
  readonly decided?: () => readonly DecidedView[];
  /** From the feeds; "none" until they are there. */
  readonly videoState?: (uid: string) => VideoState;
};

export type TaskingPart = StationPart & {
  /** Call signs of aircraft in use that this person answers for: nobody's watch ends over them. */
  answersFor(personId: string): readonly string[];
  picOf(uid: string): { readonly personId: string; readonly name: string } | undefined;
  cameraDelegated(uid: string): boolean;
  /** Hand-flying input from a desk; passed on only from the pilot who has control and has taken the sticks. */
  sticks(session: Session, axes: { uid: string; forward: number; right: number; up: number; yaw: number }): void;
};

const TICK_MS = 1_000;

/** Control of aircraft, their cameras, and asks: acts in, orders out. */
export function createTaskingPart(context: StationContext, deps: TaskingPartDeps): TaskingPart {
  const { kernel } = context;
  const desk = new TaskingDesk(context, deps);
  const viewDeps = { alarms: deps.alarms, videoState: deps.videoState ?? ((): VideoState => "none") };
  const fleet = () => fleetView(desk, viewDeps);
  const ticker = new Ticker(kernel, TICK_MS, () => watchPresence(desk));
  return {
    name: "tasking",
    rooms: [controlRoom],
    ...portsOf(desk),
    onStart: () => {
      ticker.start();
    },
    onFact: (fact) => {
      if (fact.type === "RunStarted") ticker.start();
    },
    routes: [
      ...flyRoutes(desk),
      ...askRoutes(desk),
      {
        kind: "get",
        path: "/aircraft",
        roles: ["pic", "rtcc", "trainer", "supervisor"],
        summary: "Enrolled aircraft: phase, link, who answers for it, why it could not go",
        handle: (_, reply) => reply.ok({ aircraft: fleet().aircraft }),
      },
      {
        kind: "get",
        path: "/docks",
        roles: ["pic", "rtcc", "trainer", "supervisor"],
        summary: "Docks with their last state and its age",
        handle: (_, reply) => reply.ok({ docks: fleet().docks }),
      },
    ],
    views: {
      fleet: () => ({ kind: "view", view: fleet() }),
      pilot: (key, viewer) => ({ kind: "view", view: pilotView(desk, deps, key === "" ? viewer.personId : key) }),
    },
    incidentPieces: (incidentId) => ({
      asks: [...desk.state.asks.values()].filter((ask) => ask.incidentId === incidentId).map(askView),
    }),
    touches: (fact) => {
      switch (fact.type) {
        case "ControlTaken":
        case "ControlGiven":
        case "ControlOffered":
        case "ControlKept":
        case "CameraGranted":
        case "CameraReturned":
        case "CalledHome":
          return ["fleet", "pilot:*"];
        case "AskMade":
        case "AskAnswered":
          return ["pilot:*", `incident:${fact.data.incidentId}`];
        default:
          return [];
      }
    },
  };
}

function portsOf(desk: TaskingDesk): Pick<TaskingPart, "answersFor" | "picOf" | "cameraDelegated" | "sticks"> {
  return {
    answersFor: (personId) =>
      [...desk.state.controls.values()]
        .filter((one) => one.picId === personId && desk.inUse(one.uid))
        .map((one) => desk.callSign(one.uid)),
    picOf: (uid) => {
      const control = desk.control(uid);
      return control === undefined ? undefined : { personId: control.picId, name: control.picName };
    },
    cameraDelegated: (uid) => desk.control(uid)?.camera !== undefined,
    sticks: (session, { uid, ...axes }) => {
      const taken = aircraftOf(desk.context.kernel.state(fleetRoom), uid).sticks;
      const holds = desk.control(uid)?.picId === session.personId && desk.onWatch(session.personId);
      if (taken && holds) desk.deps.fleet.orders.sticks(uid, axes);
      else desk.context.count("sticks_refused");
    },
  };
}
