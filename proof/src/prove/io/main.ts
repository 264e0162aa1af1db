import { Automaton } from "../automaton.js";
import { controlModel } from "../control-model.js";
import { wholeSize } from "../moves.js";
import { shipped } from "../single.js";
import { type Walked, walk } from "../walk.js";
import { walkLaunches } from "../walk-launches.js";

/** Every space below is finite and far smaller; the limit only keeps a mistake in the model from filling the machine. */
const MOST_STATES = Number(process.env["PROVE_STATES"] ?? 40_000_000);

const startedUs = process.cpuUsage();
const cpuS = (): number => {
  const { user, system } = process.cpuUsage(startedUs);
  return (user + system) / 1_000_000;
};

function proven(walkIt: () => Walked): Walked {
  const fromS = cpuS();
  const walked = walkIt();
  const size = walked.whole ? "whole space" : walked.counterexample === undefined ? "limit reached" : "stopped";
  console.log(
    `${walked.name}: ${walked.states} states (${size}), ${walked.transitions} transitions, depth ${walked.depth}, branching ${walked.branching.toFixed(1)}, ${(cpuS() - fromS).toFixed(1)} s`,
  );
  if (walked.counterexample === undefined) console.log("  no rule broken");
  else {
    console.log(`  BROKEN: ${walked.counterexample.breach}`);
    for (const [at, step] of walked.counterexample.steps.entries()) console.log(`  ${at + 1}. ${step}`);
  }
  return walked;
}

const launch = new Automaton(wholeSize, shipped);
const results = [
  proven(() => walk(controlModel, MOST_STATES)),
  proven(() => walkLaunches("one launch, two aircraft", launch, 1, MOST_STATES)),
  proven(() => walkLaunches("two launches, two aircraft", launch, 2, MOST_STATES)),
];
console.log(
  `${launch.found} states of a single launch, each decider asked once in each; ${cpuS().toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
if (results.some((result) => result.counterexample !== undefined)) process.exitCode = 1;
