export { type AirspaceDeps, createAirspacePart, type LinkTimes } from "./airspace-part.js";
export {
  type BudgetConfig,
  budgetOf,
  etaProfileOf,
  hasGimbal,
  ON_SCENE_EXTRA_M,
  SIGHT_SLANT_M,
  type Starter,
} from "./budget.js";
export { WIND_UNKNOWN, type WindAloft } from "./energy.js";
export { fenceVersion } from "./fence-version.js";
export { fenceMarginM, lineProblem, privacyAt } from "./lines.js";
export { crossingsOf, type OwnFlight, ownSeparation } from "./own-traffic.js";
export { lowerBoundOf, makePlan, type PlanAnswer, type PlanChecks, type PlanRequest } from "./plan.js";
export { RecentPlans } from "./recent-plans.js";
export { type Ground, type Site, siteOf } from "./site.js";
export { checkTarget, type TargetAnswer, type TargetWish } from "./target.js";
export { type TurnAnswer, type TurnQuestion, turnTimes } from "./turn.js";
export { returnSpeedMps } from "./ways-home.js";
