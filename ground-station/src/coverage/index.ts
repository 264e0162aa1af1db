export {
  type PlacedCamera,
  type PresentAim,
  placeCamera,
  placedAt,
  seenPolygon,
  turnedTo,
} from "./cameras.js";
export {
  type CoverageAsk,
  type CoverageEngine,
  type CoverageNews,
  steppedEngine,
  type TimesAsk,
} from "./coverage-engine.js";
export { type CoverageDeps, type CoveragePart, createCoveragePart } from "./coverage-part.js";
export { coverageRoom } from "./coverage-room.js";
export { type CoverageSetup, CoverageWork } from "./coverage-work.js";
export { threadEngine } from "./io/thread-engine.js";
