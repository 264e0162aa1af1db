/** Writes the table of support into docs/mavlink.md: `node proof/dist/peers/io/support-page.js`. */
import { readFileSync, writeFileSync } from "node:fs";
import { support } from "@outrider/drone-bridge";
import { withSupport } from "../support-page.js";

const file = new URL("../../../../docs/mavlink.md", import.meta.url);
const page = withSupport(readFileSync(file, "utf8"), support);
if (page === undefined) throw new Error("docs/mavlink.md has no marks for the table of support: add them");
writeFileSync(file, page);
