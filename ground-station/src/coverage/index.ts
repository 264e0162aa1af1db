export { type CoverageDeps, type CoveragePart, createCoveragePart } from "./coverage-part.js";
export { coverageRoom } from "./coverage-room.js";
