import type { CameraAim, CameraPose, Fact, GeoPoint, RoomViews, TurningCameraView } from "@outrider/contract";
import { coverageRoom, type PresentAim, placedAt, seenPolygon } from "../../coverage/index.js";
import { actorOf, actRoute, type Route, type StationContext, type StationPart } from "../../kernel/index.js";
import { aimGapDeg, homeAim } from "./aim.js";
import { type Steered, steeredCameras, type TurningNetwork } from "./steered.js";
import { homeOf, TurnDesk } from "./turn-desk.js";
import { turnRoom } from "./turn-room.js";

export type TurningDeps = {
  readonly network?: TurningNetwork;
  /** A picture of it goes out by another way than the live wire. */
  readonly playsElsewhere: (cameraId: string) => boolean;
  readonly touch: (rooms: readonly string[]) => void;
  /** It looks elsewhere now, and stands still: what it sees is another ground. */
  readonly onLooksElsewhere: (cameraId: string) => void;
};

export type TurningPart = StationPart & {
  readonly name: "turning";
  readonly turns: (cameraId: string) => boolean;
  /** Undefined for a camera that is not turned from here: it looks where its configuration says. */
  readonly presentAim: (cameraId: string) => PresentAim | undefined;
  /** The pose of a picture taken then; undefined where it is not known. */
  readonly poseAt: (cameraId: string, capturedMs: number) => CameraPose | undefined;
  watchersChanged(cameraId: string, watchers: number): void;
  close(): void;
};

/** Every camera is asked once after the start where it looks, one after the other: a city has thousands. */
const firstLookMs = 3_000;
const betweenLooksMs = 100;
/** Incidents further from a camera than it sees are none of its. */
const beyondRangeM = 40;
const leastNearM = 150;
const sameDirectionDeg = 1;
const placeFacts: ReadonlySet<string> = new Set(["IncidentOpened", "PlaceSet", "IncidentClosed", "RunStarted"]);

/** Fixed cameras that people turn over ONVIF. */
export function createTurningPart(context: StationContext, deps: TurningDeps): TurningPart {
  const { kernel, clocks } = context;
  const watchers = new Map<string, number>();
  const watched = (cameraId: string): boolean => (watchers.get(cameraId) ?? 0) > 0 || deps.playsElsewhere(cameraId);
  const sees = new SeenFromThere(context);
  const moved = new Set<string>();
  const settle = (cameraId: string): void => {
    if (steered.get(cameraId)?.head.moving !== false || !moved.delete(cameraId)) return;
    deps.onLooksElsewhere(cameraId);
  };
  const steered = steeredCameras(context, deps.network, (cameraId, elsewhere) => {
    if (elsewhere) moved.add(cameraId);
    settle(cameraId);
    deps.touch(["cameras"]);
  });
  const desk = new TurnDesk(context, { steered, watched, onEnd: settle });
  const nearIncidents = (): void => {
    const places = [...kernel.state(coverageRoom).placeOf.values()];
    for (const one of steered.values()) one.head.incidentNear(places.some((place) => isNear(one, place, context)));
  };
  return {
    name: "turning",
    rooms: [turnRoom],
    turns: (cameraId) => steered.has(cameraId),
    presentAim: (cameraId) => presentAim(steered.get(cameraId)),
    poseAt: (cameraId, capturedMs) => steered.get(cameraId)?.head.poseAt(capturedMs),
    watchersChanged(cameraId, count) {
      const before = watchers.get(cameraId) ?? 0;
      watchers.set(cameraId, count);
      steered.get(cameraId)?.head.watch(count > 0);
      if (before > 0 && count === 0) desk.left(cameraId);
    },
    onStart() {
      desk.started();
      nearIncidents();
      [...steered.values()].forEach(({ head }, i) => {
        clocks.wall.after(firstLookMs + i * betweenLooksMs, () => head.look());
      });
    },
    onFact(fact) {
      if (placeFacts.has(fact.type)) nearIncidents();
      if (fact.type !== "RunStarted") return;
      desk.newRun();
      for (const { head } of steered.values()) if (head.aim !== undefined) head.newRun();
    },
    touches: (fact: Fact) => (fact.type.startsWith("CameraTurn") ? ["cameras"] : []),
    views: { cameras: () => ({ kind: "view", view: camerasView(context, steered, desk, sees) }) },
    routes: [turnRoute(context, desk)],
    close() {
      desk.close();
      for (const { head } of steered.values()) head.close();
    },
  };
}

function turnRoute({ config, kernel }: StationContext, desk: TurnDesk): Route {
  return actRoute({
    act: "turnCamera",
    roles: ["pic", "rtcc"],
    handle: ({ body, params, session }, reply) => {
      if (session === undefined) return reply.problem(401, "Not signed in", "This needs a person.", "Sign in.");
      const camera = config.cameras.find(({ cameraId }) => cameraId === params["cameraId"]);
      if (camera === undefined)
        return reply.problem(404, "No such camera", "There is no camera of that name.", "Take an id from /cameras.");
      const by = actorOf(session, session.roles.includes("rtcc") ? "rtcc" : "pic");
      const { incidentId, ...wish } = body;
      const known = incidentId !== undefined && kernel.state(coverageRoom).placeOf.has(incidentId);
      desk.byPerson(camera, known ? { ...wish, incidentId } : wish, by, reply);
    },
  });
}

function isNear({ placed }: Steered, place: GeoPoint, { world }: StationContext): boolean {
  const { camera, config } = placed;
  const at = world.frame.toLocal(place);
  const gapM = Math.hypot(at.eastM - camera.eastM, at.northM - camera.northM);
  return gapM <= Math.max(config.rangeM, leastNearM) + beyondRangeM;
}

function presentAim(one: Steered | undefined): PresentAim | undefined {
  if (one === undefined) return undefined;
  const aim = one.head.present();
  const atMs = one.head.aimAtMs;
  if (aim !== undefined && atMs !== undefined) return { kind: "known", aim, atMs };
  return { kind: "unknown", why: one.head.trouble ?? "where it looks now is not known" };
}

/** The ground that turned cameras see, computed once for each direction. */
class SeenFromThere {
  readonly #context: StationContext;
  readonly #seen = new Map<string, { readonly aim: CameraAim; readonly ring: readonly GeoPoint[] }>();

  constructor(context: StationContext) {
    this.#context = context;
  }

  of({ config, placed }: Steered, aim: CameraAim | undefined): readonly GeoPoint[] {
    if (aim === undefined || aimGapDeg(aim, homeAim(config)) < sameDirectionDeg) return [];
    const known = this.#seen.get(config.cameraId);
    if (known?.aim === aim) return known.ring;
    const ring = seenPolygon(placedAt(aim, placed), this.#context.world);
    this.#seen.set(config.cameraId, { aim, ring });
    return ring;
  }
}

/** Only those that something is known of: a city has thousands, and this goes to every desk. */
function camerasView(
  { kernel }: StationContext,
  steered: ReadonlyMap<string, Steered>,
  desk: TurnDesk,
  sees: SeenFromThere,
): RoomViews["cameras"] {
  const nowMs = kernel.nowMs();
  const turning = [...steered.values()].flatMap((one): TurningCameraView[] => {
    const { config, head, zoomMax, homePreset } = one;
    const { cameraId, name } = config;
    const last = desk.turned(cameraId)?.last;
    if (head.aim === undefined && head.trouble === undefined && last === undefined) return [];
    const home = homeOf(config, homePreset, head.presets);
    const homeDirection = "preset" in home ? home.aim : home;
    const heldUntilMs = last?.by.kind === "person" && last.outcome !== "refused" ? last.atMs + desk.heldMs : undefined;
    return [
      {
        cameraId,
        name,
        state: head.trouble !== undefined ? "trouble" : head.aim === undefined ? "unknown" : "known",
        why: head.trouble ?? "",
        aim: head.aim,
        aimAtMs: head.aimAtMs,
        moving: head.moving,
        sees: sees.of(one, head.aim),
        atHome:
          head.aim !== undefined &&
          homeDirection !== undefined &&
          aimGapDeg(head.aim, homeDirection) < sameDirectionDeg,
        lastTurn: last && {
          by: last.by.kind === "person" ? last.by.name : "the station",
          personId: last.by.kind === "person" ? last.by.personId : undefined,
          atMs: last.atMs,
          towards: last.towards,
          outcome: last.outcome,
          reason: last.reason,
        },
        heldUntilMs: heldUntilMs !== undefined && heldUntilMs > nowMs ? heldUntilMs : undefined,
        homeAtMs: desk.homeAtMs(cameraId),
        zooms: zoomMax !== undefined && zoomMax > 1,
        presets: head.presets.map(({ preset, name: title }) => ({ preset, name: title })),
      },
    ];
  });
  return { turning };
}
