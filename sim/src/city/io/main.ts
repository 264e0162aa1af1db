import type { CityFile } from "@outrider/contract";
import { parseArguments, usage } from "../arguments.js";
import { CityImportError } from "../byte-source.js";
import { generateCity } from "../seeded/generate-city.js";
import { importCity, writeCity } from "./import-city.js";

/** Tells each stage once, then every tenth of it. */
function progressTo(write: (line: string) => void): (stage: string, share?: number) => void {
  let last = "";
  return (stage, share = 0) => {
    const tenth = Math.min(10, Math.floor(share * 10));
    const line = tenth > 0 ? `${stage} ${tenth * 10} %` : stage;
    if (line !== last) write(line);
    last = line;
  };
}

async function run(words: readonly string[]): Promise<number> {
  const parsed = parseArguments(words);
  switch (parsed.kind) {
    case "help":
      console.info(usage);
      return 0;
    case "refused":
      console.error(`${parsed.reason}\n\n${usage}`);
      return 2;
    case "seed":
      return written(generateCity(parsed.seed), parsed.out);
    case "import": {
      const progress = progressTo((line) => process.stderr.write(`${line} ...\n`));
      return written(await importCity(parsed.request, progress), parsed.out);
    }
  }
}

/** Writes a city and says what is in it. */
async function written(city: CityFile, out: string): Promise<number> {
  await writeCity(city, out);
  const { terrain, heights, buildings, roads, addresses, geoidUndulationM } = city;
  const heightsM = terrain.heightsAmslDm.map((dm) => dm / 10);
  const low = heightsM.reduce((a, b) => Math.min(a, b), Infinity);
  const high = heightsM.reduce((a, b) => Math.max(a, b), -Infinity);
  console.info(`${out}: ${city.name}`);
  console.info(`  ${buildings.heightDm.length} buildings, ${roads.length} roads, ${addresses.length} addresses`);
  console.info(`  ground ${low.toFixed(1)} to ${high.toFixed(1)} m AMSL (${heights?.note ?? "unknown"})`);
  console.info(`  geoid undulation ${geoidUndulationM} m`);
  console.info(`  to be shown with the map: ${city.attribution || "(nothing)"}`);
  if (roads.length === 0 || buildings.heightDm.length === 0)
    console.error("  Warning: no roads or no buildings. Does the map cover this --bbox?");
  return 0;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  // What the disk refuses (no such folder, no right to write) is as much the user's to mend as a damaged file.
  const told = error instanceof CityImportError || (error instanceof Error && "syscall" in error);
  if (!told) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
