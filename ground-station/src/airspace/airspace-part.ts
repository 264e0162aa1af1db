import type { FixedCameraView, RoomViews } from "@outrider/contract";
import type { StationContext, StationPart } from "../kernel/index.js";
import { rehearsals } from "./rehearse.js";
import type { Site } from "./site.js";

/** Times that screens show, from the values that the parts really use and the parameters that were wanted on board. */
export type LinkTimes = { readonly linkLateS: number; readonly linkLostS: number };

export type AirspaceDeps = {
  readonly site: Site;
  readonly times: LinkTimes;
  /** Must be shown wherever the map is shown. */
  readonly attribution: string;
  /** What each fixed camera sees, once the coverage has been computed. */
  readonly fixedCameras?: () => readonly FixedCameraView[];
};

/** Data-link-loss time of the autopilot when the site's set does not name one. */
const AUTOPILOT_LOSS_DEFAULT_S = 10;
const REACTION_S = 2;
const REHEARSE_AFTER_MS = 3_000;
const REHEARSE_EVERY_MS = 80;

export function createAirspacePart(context: StationContext, deps: AirspaceDeps): StationPart {
  return {
    name: "airspace",
    rooms: [],
    // Not before the screens are back: after a crash in flight they are what the pilot waits for.
    onStart: () =>
      rehearsals(deps.site).forEach((run, index) => {
        context.kernel.after(REHEARSE_AFTER_MS + index * REHEARSE_EVERY_MS, run);
      }),
    views: { site: () => ({ kind: "view", view: siteView(context, deps) }) },
  };
}

function siteView(context: StationContext, deps: AirspaceDeps): RoomViews["site"] {
  const { config } = context;
  const lossS = config.failsafeParameters["COM_DL_LOSS_T"]?.value ?? AUTOPILOT_LOSS_DEFAULT_S;
  return {
    name: config.site.name,
    prov: config.site.provenance,
    attribution: deps.attribution,
    fence: {
      inclusion: config.site.fence.inclusion,
      exclusions: config.site.exclusionZones,
      ceilingAmslM: deps.site.obstacles.terrain.maxAmslM + config.site.fence.ceilingAglM,
    },
    privacyZones: config.site.privacyZones,
    cameras: deps.fixedCameras?.() ?? config.cameras.map((camera) => ({ ...camera, sees: [] })),
    notConfigured: config.notConfigured.map((one) => ({ gate: one.gate, text: one.why, who: one.who, when: one.when })),
    times: { ...deps.times, returnsAfterS: lossS + REACTION_S },
    ceilingAglM: config.site.fence.ceilingAglM,
  };
}
