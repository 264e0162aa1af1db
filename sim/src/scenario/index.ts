export type { ExpectationState } from "./expectations.js";
export { Expectations } from "./expectations.js";
export type { Expectation, Happening, Scenario, ScenarioParse } from "./scenario.js";
export { parseScenario, scenarioSchema } from "./scenario.js";
