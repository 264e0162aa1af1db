import type { AircraftTypeConfig, Config } from "@outrider/contract";
import { climbProfile, ETA_DEFAULT, type EtaParts, type EtaProfile, timeToCamera } from "@outrider/geo";

/** From here a camera that can be turned is good enough to see the place. */
export const SIGHT_SLANT_M = 300;
/** On scene is this far before the circle: what telemetry is judged by, and what a fixed camera's time counts to. */
export const ON_SCENE_EXTRA_M = 25;
/** Upload and read-back of the plan, over a cellular link. */
const PREFLIGHT_S = 3;
/** Where nothing says how fast it leaves the ground: PX4's two measured sets have this share of their climb speed. */
const TAKEOFF_SHARE = 0.6;

export type Starter = { readonly type: AircraftTypeConfig; readonly dockType: "dock" | "pad" | undefined };

export type LegFlown = {
  readonly pathM: number;
  /** Seconds of the path at constant speed. */
  readonly cruiseS: number;
  readonly climbM: number;
  readonly heightAboveTargetM: number;
  readonly radiusM: number;
};

/** What of the site's configuration the budget rests on. */
export type BudgetConfig = Pick<Config, "launch"> & {
  readonly failsafeParameters?: Config["failsafeParameters"] | undefined;
};

export const hasGimbal = (type: AircraftTypeConfig): boolean => type.gimbal !== false;

/** Take-off and climb as the autopilot is set: parameters that are read back before launch count more than the type's word. */
export function etaProfileOf(config: BudgetConfig, { type, dockType }: Starter): EtaProfile {
  const set = config.failsafeParameters;
  const climbMps = set?.["MPC_Z_V_AUTO_UP"]?.value ?? type.climbMps;
  const takeoffMps = set?.["MPC_TKO_SPEED"]?.value ?? type.takeoffMps ?? TAKEOFF_SHARE * climbMps;
  // A pad has no door to wait for.
  const dockS = dockType === "pad" ? 0 : ETA_DEFAULT.dockS;
  return { ...ETA_DEFAULT, dockS, climb: climbProfile(takeoffMps, climbMps) };
}

/** Seconds to the camera on target: the one budget behind the card and the lines of equal time on the map. */
export function budgetOf(config: BudgetConfig, starter: Starter, leg: LegFlown): EtaParts {
  const turns = hasGimbal(starter.type);
  return timeToCamera(
    {
      pathM: leg.pathM,
      cruiseS: leg.cruiseS,
      clearHeightM: leg.climbM,
      heightAboveTargetM: leg.heightAboveTargetM,
      sightSlantM: turns ? SIGHT_SLANT_M : 0,
      preflightS: PREFLIGHT_S,
      endRadiusM: leg.radiusM,
      doneBeforeM: turns ? 0 : ON_SCENE_EXTRA_M,
    },
    etaProfileOf(config, starter),
  );
}

/** No way to a place this far off, over ground that takes this long in a straight line, has its camera there sooner. */
export function leastBudgetS(
  config: BudgetConfig,
  starter: Starter,
  straight: { m: number; s: number; climbM: number },
): number {
  const { launch } = config;
  const seenFromM = hasGimbal(starter.type) ? SIGHT_SLANT_M : launch.orbitRadiusM + ON_SCENE_EXTRA_M;
  const leg: LegFlown = { pathM: 0, cruiseS: 0, climbM: straight.climbM, heightAboveTargetM: 0, radiusM: 0 };
  const share = straight.m > seenFromM ? 1 - seenFromM / straight.m : 0;
  // Sums in another order may round the other way.
  return (budgetOf(config, starter, leg).arriveS + straight.s * share) * (1 - 1e-12);
}
