import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { readConfig } from "@outrider/contract";
import { px4FleetYaml } from "../px4-fleet.js";

const usage =
  "usage: write-config.js own|ours COUNT FROM.yaml TO.yaml [PX4_BIN [PX4_ETC]]; TO beside FROM, since paths count from there";

/** The demonstration's configuration with real PX4s in its aircraft, as a file (docs/px4.md). */
const [physics = "", count = "", from = "", to = "", bin, etc] = process.argv.slice(2);
if ((physics !== "own" && physics !== "ours") || !(Number(count) >= 1) || to === "") {
  console.error(usage);
  process.exit(2);
}
const program = Object.entries({ bin, etc })
  .flatMap(([name, path]) => (path === undefined ? [] : [`${name}: ${JSON.stringify(resolve(path))}`]))
  .join(", ");
const px4 = program === "" ? "{}" : `{ ${program} }`;
const text = px4FleetYaml(readFileSync(from, "utf8"), { physics, aircraft: Number(count), px4 });
const read = readConfig(to, text);
if (read.kind === "bad") {
  console.error(read.problems.map((p) => `${p.file}:${p.line} ${p.field}: ${p.problem}`).join("\n"));
  process.exit(2);
}
writeFileSync(to, text);
