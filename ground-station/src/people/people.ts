import type { Fact } from "@outrider/contract";
import type { StationContext, StationPart } from "../kernel/index.js";
import { currencyRoom } from "./currency-room.js";
import { Login, type PasswordCheck } from "./login.js";
import { Presence, presenceCheckMs, presenceFacts, presenceFreshMs } from "./presence.js";
import { Sessions } from "./sessions.js";
import { Tickets } from "./tickets.js";
import { WatchDesk } from "./watch-desk.js";
import { type Watch, watchRoom } from "./watch-room.js";

export type PeopleDeps = {
  readonly passwordCheck: PasswordCheck;
  /** Call signs that the person answers for now. */
  readonly answersFor: (personId: string) => readonly string[];
};

/** What other rooms may ask about people. */
export type People = {
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  /** Run-time age of the last real input of the person at a visible page. */
  presenceAgeMs(personId: string): number;
  presenceFresh(personId: string): boolean;
  touchPresence(personId: string): void;
  pilotsOnWatch(): readonly Watch[];
  watchOf(personId: string): Watch | undefined;
  /** Another run has another time of day: ages that were counted in the old one mean nothing. */
  runChanged(): void;
};

/** Sign-in, live tickets, watches and presence. */
export function createPeoplePart(context: StationContext, deps: PeopleDeps): { part: StationPart; people: People } {
  const { kernel, clocks, chance, disk, log } = context;
  const sessions = new Sessions({ wall: clocks.wall, chance, disk, log, provenance: context.config.site.provenance });
  const tickets = new Tickets(clocks.wall, chance);
  const presence = new Presence(clocks.run.nowMs());
  const watches = () => kernel.state(watchRoom).byPerson;
  const ageMs = (personId: string): number => presence.ageMs(personId, kernel.nowMs());
  const look = (): void => kernel.commit(presenceFacts(watches().values(), ageMs));
  const touchPresence = (personId: string): void => {
    presence.touch(personId, kernel.nowMs());
    if (watches().get(personId)?.stale) look();
  };
  const people: People = {
    sessions,
    tickets,
    presenceAgeMs: ageMs,
    presenceFresh: (personId) => ageMs(personId) < presenceFreshMs,
    touchPresence,
    pilotsOnWatch: () => [...watches().values()],
    watchOf: (personId) => watches().get(personId),
    runChanged: () => presence.restart(kernel.nowMs()),
  };
  const keepLooking = (): void => {
    kernel.after(presenceCheckMs, () => {
      look();
      keepLooking();
    });
  };
  const desk = new WatchDesk(context, { touch: touchPresence, ageMs, answersFor: deps.answersFor });
  const watchIdOf = (personId: string): string | undefined => watches().get(personId)?.watchId;
  const part: StationPart = {
    name: "people",
    rooms: [watchRoom, currencyRoom],
    routes: [...new Login(context, { sessions, tickets, ...deps, watchIdOf }).routes(), ...desk.routes()],
    onStart() {
      presence.restart(kernel.nowMs());
      desk.endOrphans();
      keepLooking();
    },
    touches: (fact) => (watchFacts.has(fact.type) ? ["pilot:*"] : []),
  };
  return { part, people };
}

/** Everybody's pilot room names who is on watch. */
const watchFacts: ReadonlySet<Fact["type"]> = new Set(["WatchStarted", "WatchEnded", "PresenceStale", "PresenceBack"]);
