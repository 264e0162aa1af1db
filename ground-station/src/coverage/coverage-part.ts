import type { FixedCameraConfig, FixedCameraView, IncidentView } from "@outrider/contract";
import type { Wind } from "@outrider/geo";
import type { GetRoute, Reply, StationContext, StationPart } from "../kernel/index.js";
import { type PresentAim, placeCamera } from "./cameras.js";
import { CoverageAnswers, type DocumentName } from "./coverage-answers.js";
import { type CoverageEngine, type CoverageNews, steppedEngine } from "./coverage-engine.js";
import { coverageRoom } from "./coverage-room.js";
import { CoverageWork } from "./coverage-work.js";
import { type IncidentSight, incidentSight } from "./incident-sight.js";

export type CoverageDeps = {
  /** Wind at flight height. */
  readonly wind: () => Wind;
  /** Uids of aircraft that could be launched now. */
  readonly ready: () => readonly string[];
  readonly attribution: string;
  /** Whether a camera is turned from here, and where it looks now; undefined where it looks as configured. */
  readonly turns?: (cameraId: string) => boolean;
  readonly presentAim?: (cameraId: string) => PresentAim | undefined;
  /** Where the work is done; without it between other work, in this very loop. */
  readonly engine?: CoverageEngine;
};

export type CoveragePart = StationPart & {
  readonly name: "coverage";
  /** Fixed cameras with what each sees; `sees` is empty until it has been computed, a second or so after the start. */
  fixedCameras(): readonly FixedCameraView[];
  sightOf(incidentId: string): IncidentSight | undefined;
  /** It was turned: who sees an incident is asked anew. */
  looksElsewhere(cameraId: string): void;
  close(): void;
};

const roles = ["pic", "rtcc", "trainer", "supervisor"] as const;
const documents: readonly { readonly name: DocumentName; readonly summary: string }[] = [
  { name: "seen", summary: "What each fixed camera sees." },
  { name: "unseen", summary: "Ground that no shared fixed camera sees." },
  { name: "counts", summary: "Ground by how many shared fixed cameras see it." },
];

/** What fixed cameras see and nobody sees, and how soon an aircraft's camera could. */
export function createCoveragePart(context: StationContext, deps: CoverageDeps): CoveragePart {
  const { kernel, config, world } = context;
  const { attribution, turns = () => false } = deps;
  const engine = deps.engine ?? steppedEngine(new CoverageWork({ config, world, attribution }), context.clocks.wall);
  const views = new Map<string, FixedCameraView>(
    config.cameras.map((one) => [one.cameraId, { ...viewOf(one), ...(turns(one.cameraId) ? { turns: true } : {}) }]),
  );
  const present = (cameraId: string) => ({ turns: turns(cameraId), aim: deps.presentAim?.(cameraId) });
  const placed = config.cameras.map((camera) => placeCamera(camera, world));
  const sights = new Map<string, IncidentSight>();
  const sightOf = (incidentId: string): IncidentSight | undefined => {
    const known = sights.get(incidentId);
    const place = kernel.state(coverageRoom).placeOf.get(incidentId);
    if (known !== undefined || place === undefined) return known;
    const fresh = incidentSight(placed, place, world, present);
    sights.set(incidentId, fresh);
    return fresh;
  };
  const answers = new CoverageAnswers(config.cameras, deps, engine, () => kernel.nowMs());
  const take = (news: CoverageNews): void => {
    const view = news.kind === "sees" ? views.get(news.cameraId) : undefined;
    if (news.kind !== "sees") answers.take(news);
    else if (view !== undefined) views.set(news.cameraId, { ...view, sees: news.sees });
  };
  return {
    name: "coverage",
    rooms: [coverageRoom],
    fixedCameras: () => [...views.values()],
    sightOf,
    looksElsewhere: () => sights.clear(),
    onStart() {
      engine.start(take);
      // The world makes its index of walls when it is first asked; better now than while the first alert waits.
      const first = config.cameras[0];
      if (first !== undefined) incidentSight(placed, first.point, world);
    },
    onFact(fact) {
      if (fact.type === "IncidentClosed" || fact.type === "PlaceSet") sights.delete(fact.data.incidentId);
    },
    incidentPieces(incidentId): Partial<IncidentView> {
      const sight = sightOf(incidentId);
      return sight === undefined ? {} : { cameras: sight.cameras, nobodySees: sight.nobodySees };
    },
    routes: [
      ...documents.map(({ name, summary }) =>
        geoRoute(`/coverage/${name}.geojson`, summary, (reply) => answers.document(name, reply)),
      ),
      geoRoute(
        "/coverage/time-to-camera.geojson",
        "Lines of equal time until a ready aircraft's camera is there, dock, climb and wind included.",
        (reply) => answers.timeToCamera(reply),
      ),
    ],
    close: () => engine.close(),
  };
}

/** Field by field: the address of a camera's stream is nobody's business outside the station. */
function viewOf(config: FixedCameraConfig): FixedCameraView {
  const { cameraId, name, point, heightAglM, azimuthDeg, pitchDeg, hfovDeg, rangeM, kind, shared } = config;
  return { cameraId, name, point, heightAglM, azimuthDeg, pitchDeg, hfovDeg, rangeM, kind, shared, sees: [] };
}

function geoRoute(path: string, summary: string, handle: (reply: Reply) => void): GetRoute {
  return { kind: "get", path, roles, summary, handle: (_call, reply) => handle(reply) };
}
