import { controlModel } from "../control-model.js";
import { launchModel, twoSize, wholeSize } from "../launch-model.js";
import { type Walked, walk } from "../walk.js";

/** At least this many distinct states of a space that is larger. */
const MOST_STATES = Number(process.env["PROVE_STATES"] ?? 1_050_000);

function print(walked: Walked): void {
  const size = walked.whole ? "whole space" : "limit reached";
  console.log(
    `${walked.name}: ${walked.states} states (${size}), ${walked.transitions} transitions, depth ${walked.depth}, branching ${walked.branching.toFixed(1)}`,
  );
  if (walked.counterexample === undefined) console.log("  no rule broken");
  else {
    console.log(`  BROKEN: ${walked.counterexample.breach}`);
    for (const [at, step] of walked.counterexample.steps.entries()) console.log(`  ${at + 1}. ${step}`);
  }
}

const results = [
  walk(controlModel, MOST_STATES),
  walk(launchModel("one launch", wholeSize), MOST_STATES),
  walk(launchModel("two launches, two aircraft", twoSize), MOST_STATES),
];
for (const result of results) print(result);
if (results.some((result) => result.counterexample !== undefined)) process.exitCode = 1;
