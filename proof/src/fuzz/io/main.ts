import { SeededChance } from "../../storm/seeded-chance.js";
import { readArguments } from "../fuzz.js";

const told = readArguments(process.argv.slice(2));
if (told.kind === "wrong") {
  process.stderr.write(`${told.problem}\n`);
  process.exit(2);
}
const { fuzz, seconds } = told;
const first = told.seed ?? Date.now() % 1_000_000_000;
process.stdout.write(`fuzz ${fuzz.name}: first seed ${first}, ${seconds} s\n`);
const endMs = Date.now() + seconds * 1000;
let seed = first;
const counts: Record<string, number> = {};
// At least one round: a seed that is given again must run again.
do {
  const chance = new SeededChance(seed, 0);
  try {
    for (const [name, count] of Object.entries(fuzz.round(() => chance.unit())))
      counts[name] = (counts[name] ?? 0) + count;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stdout.write(`fuzz ${fuzz.name}: seed ${seed} FAILED\n${text}\n`);
    process.stdout.write(`Again: npm run fuzz -- ${fuzz.name} --seconds 0 --seed ${seed}\n`);
    process.exit(1);
  }
  seed++;
} while (Date.now() < endMs);
process.stdout.write(
  `${JSON.stringify({ fuzz: fuzz.name, firstSeed: first, rounds: seed - first, seconds, ...counts, failures: 0 })}\n`,
);
