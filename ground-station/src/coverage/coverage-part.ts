import type { FixedCameraView, IncidentView } from "@outrider/contract";
import type { TimeSurface, Wind } from "@outrider/geo";
import type { GetRoute, Reply, StationContext, StationPart } from "../kernel/index.js";
import { placeCamera } from "./cameras.js";
import { coverageRoom } from "./coverage-room.js";
import { collection, type FeatureCollection } from "./geojson.js";
import { type IncidentSight, incidentSight } from "./incident-sight.js";
import { SiteCoverage } from "./site-coverage.js";
import { startSurface, timeFeatures } from "./time-lines.js";

export type CoverageDeps = {
  /** Wind at flight height. */
  readonly wind: () => Wind;
  /** Uids of aircraft that could be launched now. */
  readonly ready: () => readonly string[];
};

export type CoveragePart = StationPart & {
  readonly name: "coverage";
  /** Fixed cameras with what each sees; `sees` is empty until it has been computed, a second or so after the start. */
  fixedCameras(): readonly FixedCameraView[];
  sightOf(incidentId: string): IncidentSight | undefined;
};

const roles = ["pic", "rtcc", "trainer", "supervisor"] as const;
/** Steps are a few milliseconds; between two of them telemetry and clicks have their turn. */
const betweenStepsMs = 5;

/** What fixed cameras see and nobody sees, and how soon an aircraft's camera could. */
export function createCoveragePart(context: StationContext, deps: CoverageDeps): CoveragePart {
  const { kernel, config, world } = context;
  const placed = config.cameras.map((camera) => placeCamera(camera, world));
  const site = new SiteCoverage(
    placed,
    world,
    config.site.jurisdiction.map((point) => world.frame.toLocal(point)),
  );
  const sights = new Map<string, IncidentSight>();
  const sightOf = (incidentId: string): IncidentSight | undefined => {
    const known = sights.get(incidentId);
    const place = kernel.state(coverageRoom).placeOf.get(incidentId);
    if (known !== undefined || place === undefined) return known;
    const fresh = incidentSight(placed, place, world);
    sights.set(incidentId, fresh);
    return fresh;
  };
  const work = (): void => {
    // Wall time: a paused run is no reason not to know what cameras see.
    if (site.step()) context.clocks.wall.after(betweenStepsMs, work);
  };
  return {
    name: "coverage",
    rooms: [coverageRoom],
    fixedCameras: () => site.views(),
    sightOf,
    onStart: work,
    onFact(fact) {
      if (fact.type === "IncidentClosed") sights.delete(fact.data.incidentId);
    },
    incidentPieces(incidentId): Partial<IncidentView> {
      const sight = sightOf(incidentId);
      return sight === undefined ? {} : { cameras: sight.cameras, nobodySees: sight.nobodySees };
    },
    routes: [
      geoRoute("/coverage/seen.geojson", "What each fixed camera sees.", (reply) => answer(reply, site.seen())),
      geoRoute("/coverage/unseen.geojson", "Ground that no shared fixed camera sees.", (reply) =>
        answer(reply, site.unseen()),
      ),
      geoRoute(
        "/coverage/time-to-camera.geojson",
        "Lines of equal time until a ready aircraft's camera is there, dock, climb and wind included.",
        timeToCamera(context, deps),
      ),
    ],
  };
}

function geoRoute(path: string, summary: string, handle: (reply: Reply) => void): GetRoute {
  return { kind: "get", path, roles, summary, handle: (_call, reply) => handle(reply) };
}

function answer(reply: Reply, body: FeatureCollection | undefined): void {
  if (body === undefined) {
    reply.problem(503, "Not computed yet", "Coverage is computed in the first seconds after the start.", "Ask again.");
    return;
  }
  reply.raw({ status: 200, headers: { "content-type": "application/geo+json" }, body: JSON.stringify(body) });
}

const mostSurfaces = 40;

/** One aircraft a turn of the clock; kept for as long as wind and start are the same. */
function timeToCamera(context: StationContext, deps: CoverageDeps): (reply: Reply) => void {
  const { clocks, config, world } = context;
  const kept = new Map<string, TimeSurface>();
  return (reply) => {
    const told = deps.wind();
    // Half a metre a second and five degrees do not move a line that is drawn.
    const wind = { speedMps: Math.round(told.speedMps * 2) / 2, fromDeg: Math.round(told.fromDeg / 5) * 5 };
    const waiting = [...deps.ready()];
    const surfaces: TimeSurface[] = [];
    const next = (): void => {
      const uid = waiting.shift();
      if (uid === undefined) {
        answer(reply, collection(timeFeatures(surfaces, world)));
        return;
      }
      const aircraft = config.aircraft.find((one) => one.uid === uid);
      const type = config.aircraftTypes[aircraft?.type ?? ""];
      const dock = config.docks.find((one) => one.dockId === aircraft?.dockId);
      if (aircraft === undefined || type === undefined || dock === undefined) {
        next();
        return;
      }
      const key = `${dock.dockId} ${aircraft.type} ${wind.speedMps} ${wind.fromDeg}`;
      const known = kept.get(key);
      const surface = known ?? startSurface({ aircraft, type, point: dock.point }, wind, config, world);
      if (kept.size >= mostSurfaces) kept.clear();
      kept.set(key, surface);
      surfaces.push(surface);
      if (known === undefined) clocks.wall.after(betweenStepsMs, next);
      else next();
    };
    next();
  };
}
