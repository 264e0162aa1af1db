/** Writes `src/generated/`: run after `tsc -b libs/mavlink` as `node libs/mavlink/dist/generate/io/main.js`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dialectFiles } from "../index.js";

const folder = new URL("../../../src/generated/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, source] of dialectFiles()) {
  writeFileSync(new URL(name, folder), source);
  console.log(`wrote ${fileURLToPath(new URL(name, folder))}: ${source.length} characters`);
}
