import type {
  ActBody,
  ActName,
  Actor,
  AircraftSample,
  Chance,
  Clocks,
  Config,
  Disk,
  Fact,
  HttpRequest,
  HttpResponse,
  IncidentView,
  Log,
  OrderVerb,
  Role,
  RoomKind,
  RoomViews,
} from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { Kernel } from "./kernel.js";
import type { Room } from "./room.js";

/** Who is asking. `watchId` is present while the person is on watch. */
export type Session = {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly demo: boolean;
  readonly sessionId: string;
};

export const actorOf = (session: Session, role: Role): Actor => ({
  kind: "person",
  personId: session.personId,
  name: session.name,
  role,
});

export const systemActor: Actor = { kind: "system", part: "ground-station" };

export type Reply = {
  ok(body: unknown, status?: number): void;
  /** RFC 9457. `detail` says what was wrong, `doThis` what to do about it. */
  problem(status: number, title: string, detail: string, doThis?: string): void;
  raw(response: HttpResponse): void;
};

export type ActRoute<N extends ActName = ActName> = {
  readonly kind: "act";
  readonly act: N;
  /** Any one of these roles; `anyone` for login, `officer` routes carry their own session. */
  readonly roles: readonly Role[] | "anyone";
  handle(
    call: {
      body: ActBody<N>;
      params: Readonly<Record<string, string>>;
      session: Session | undefined;
      request: HttpRequest;
    },
    reply: Reply,
  ): void;
};

export type GetRoute = {
  readonly kind: "get";
  readonly path: string;
  readonly roles: readonly Role[] | "anyone";
  readonly summary: string;
  handle(
    call: { params: Readonly<Record<string, string>>; session: Session | undefined; request: HttpRequest },
    reply: Reply,
  ): void;
};

/** A machine's POST (alerts, reads): own authentication, raw body. */
export type RawRoute = {
  readonly kind: "raw";
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly maxBytes: number;
  readonly summary: string;
  handle(request: HttpRequest, reply: Reply): void;
  /** A body was larger than `maxBytes` and not read. */
  onTooLarge?(): void;
};

/**
 * What a page of ours asks in a form that is not JSON, such as WHEP's offer: Origin, address limits and roles as for
 * an act, the body as it came.
 */
export type PageRoute = {
  readonly kind: "page";
  readonly method: "POST" | "DELETE";
  readonly path: string;
  /** What the body must be; undefined where none is taken. */
  readonly contentType: string | undefined;
  readonly maxBytes: number;
  /** As of an act: `anyone` where the route has a session of its own. */
  readonly roles: readonly Role[] | "anyone";
  readonly summary: string;
  handle(
    call: { params: Readonly<Record<string, string>>; session: Session | undefined; request: HttpRequest },
    reply: Reply,
  ): void;
};

// biome-ignore lint/suspicious/noExplicitAny: a list holds routes of every act; each is checked against its own body type where it is made
export type Route = ActRoute<any> | GetRoute | RawRoute | PageRoute;

/** Makes an act route with its body type checked. */
export const actRoute = <N extends ActName>(route: Omit<ActRoute<N>, "kind">): Route => ({ kind: "act", ...route });

/** Orders to the bridge. `issue` records OrderIssued first (safe verbs are sent even when the record cannot be written). */
export type OrderPort = {
  issue(wish: { uid: string; act: OrderVerb; by: Actor; launchId?: string; approvalId?: string }): string;
  sticks(uid: string, axes: { forward: number; right: number; up: number; yaw: number }): void;
};

/** Latest samples by uid, with AGL filled in. */
export type SamplePort = {
  latest(uid: string): AircraftSample | undefined;
  /** Where it tells the same number as before, no row has changed but for its age. */
  revision?(): number;
  all(): ReadonlyMap<string, AircraftSample>;
};

/** What every part of the station is made with. */
export type StationContext = {
  readonly kernel: Kernel;
  readonly config: Config;
  readonly world: World;
  readonly clocks: Clocks;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly log: Log;
  /** Counts for /metrics, labelled only with closed sets of words: never plates, names or free text. */
  readonly count: (metric: string, labels?: Readonly<Record<string, string>>) => void;
};

/** Snapshot of a room of the live wire, or why this viewer may not have it. */
export type ViewAnswer<V> = { kind: "view"; view: V } | { kind: "refused"; why: string };

/** One room of the station as the app puts it together. Parts know each other only by doors and by facts. */
export type StationPart = {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: states differ by room; the kernel pairs each with its own evolve
  readonly rooms: readonly Room<any>[];
  readonly routes?: readonly Route[];
  /**
   * After the fact is durable: the place for orders, timers and further decisions. `late` where the disk had refused it
   * first and whoever acted was told that it was not done: what would move an aircraft on the strength of it must ask
   * again.
   */
  onFact?(fact: Fact, late?: boolean): void;
  /** After replay, once, when everything is wired. */
  onStart?(): void;
  readonly views?: { readonly [K in RoomKind]?: (key: string, viewer: Session) => ViewAnswer<RoomViews[K]> };
  /** What this part adds to the incident view. */
  incidentPieces?(incidentId: string, viewer: Session): Partial<IncidentView>;
  /** Live rooms whose view changes with this fact, e.g. `["fleet", "incident:i_1"]`. */
  touches?(fact: Fact): readonly string[];
};
