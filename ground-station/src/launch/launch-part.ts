import type { Fact, LaunchView } from "@outrider/contract";
import { Ticker } from "../fleet/index.js";
import type { StationContext, StationPart } from "../kernel/index.js";
import { Cards } from "./cards.js";
import { type LaunchDeps, LaunchDesk } from "./desk.js";
import { Flights } from "./flights.js";
import { isBeforeArm, type Launch } from "./launch.js";
import { launchRoom, live } from "./launch-room.js";
import { LaunchViews } from "./launch-views.js";
import type { LoadView } from "./load.js";
import { reactToFact } from "./react.js";
import { Relief } from "./relief.js";
import { LaunchRoutes } from "./routes.js";

export type LaunchPart = StationPart & {
  readonly loadView: () => LoadView;
  cardViews(): readonly LaunchView[];
};

const TICK_MS = 500;
const CHECK_EVERY = 2;
const RETRY_EVERY = 10;

/** Launches: from an incident to a closed flight. */
export function createLaunchPart(context: StationContext, deps: LaunchDeps): LaunchPart {
  const desk = new LaunchDesk(context, deps);
  const cards = new Cards(desk);
  const flights = new Flights(desk);
  const relief = new Relief(desk, cards);
  const views = new LaunchViews();
  let ticks = 0;

  const tick = (): void => {
    ticks += 1;
    for (const launchId of [...desk.state.launches.keys()])
      lookAt(desk, cards, flights, launchId, ticks % CHECK_EVERY === 0);
    if (ticks % RETRY_EVERY !== 0) return;
    cards.retry();
    relief.watch();
  };
  const ticker = new Ticker(context.kernel, TICK_MS, tick);

  return {
    name: "launch",
    rooms: [launchRoom],
    routes: new LaunchRoutes(desk, cards, flights).all(),
    loadView: () => desk.loadView(),
    cardViews: () => [...desk.state.launches.values()].map((launch) => views.of(launch, desk.brief(launch.incidentId))),
    onStart: () => {
      cards.restart();
      ticker.start();
    },
    onFact: (fact, late) => {
      if (fact.type === "RunStarted") ticker.start();
      if (late === true) {
        desk.takeBack(fact);
        cards.onLate(fact);
      } else cards.onFact(fact);
      // An answer that could not be recorded was not given; an arrival is an arrival.
      if (late !== true || fact.type === "OnScene") relief.onFact(fact);
      for (const launch of [...desk.state.launches.values()])
        if (live(launch) && concerns(launch, fact)) follow(desk, flights, launch, fact);
    },
    touches: (fact) => roomsTouched(fact),
    incidentPieces: (incidentId) => piecesOf(desk, incidentId),
  };
}

function lookAt(desk: LaunchDesk, cards: Cards, flights: Flights, launchId: string, withGates: boolean): void {
  const now = (): Launch | undefined => {
    const launch = desk.launch(launchId);
    return launch !== undefined && live(launch) ? launch : undefined;
  };
  const card = now();
  // Most of them are history, and nothing of history is due.
  if (card === undefined) return;
  if (withGates) cards.check(card);
  const due = now();
  if (due !== undefined) cards.checkWindow(due);
  const flight = now();
  if (flight !== undefined) flights.watch(flight);
  flights.advance(launchId);
}

function follow(desk: LaunchDesk, flights: Flights, launch: Launch, fact: Fact): void {
  desk.carryOut(reactToFact(desk.launch(launch.launchId) ?? launch, fact));
  flights.advance(launch.launchId);
  flights.syncWayHome(desk.launch(launch.launchId) ?? launch);
}

function concerns(launch: Launch, fact: Fact): boolean {
  const { data } = fact;
  if ("launchId" in data && data.launchId !== undefined) return data.launchId === launch.launchId;
  if ("uid" in data && data.uid !== undefined) return data.uid === launch.offer.choice.uid;
  return "dockId" in data && data.dockId === launch.offer.choice.dockId;
}

/** Every pilot sees every card, so each change of a launch changes all of their rooms. */
function roomsTouched(fact: Fact): readonly string[] {
  const { data } = fact;
  if ("launchId" in data && "incidentId" in data)
    return ["fleet", "pilot:*", "incidents", `incident:${data.incidentId}`, "supervisor"];
  if (fact.type === "LaunchNotPossible") return ["incidents", `incident:${fact.data.incidentId}`, "supervisor"];
  return "uid" in data ? ["fleet", "pilot:*"] : [];
}

function piecesOf(desk: LaunchDesk, incidentId: string) {
  const launch = desk.launch(desk.brief(incidentId)?.launchId);
  if (launch === undefined) return {};
  return { launchId: launch.launchId, ...(isBeforeArm(launch) ? {} : { uid: launch.offer.choice.uid }) };
}
