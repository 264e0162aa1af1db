export { flatWorld, GROUND_M } from "../../app/testing/flat-world.js";
export * from "./bench.js";
export * from "./config-for-tests.js";
