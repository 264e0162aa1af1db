export type { ExpectationState } from "./expectations.js";
export { Expectations } from "./expectations.js";
export { dataFits } from "./fact-mark.js";
export type {
  Deed,
  Expectation,
  FactMark,
  Happening,
  Scenario,
  ScenarioParse,
  TimedEvent,
  TraineeLine,
} from "./scenario.js";
export { parseScenario, scenarioSchema } from "./scenario.js";
export { Timeline } from "./timeline.js";
