import { parentPort, workerData } from "node:worker_threads";
import { parseCityFile } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { CoverageWork } from "../coverage-work.js";
import type { ThreadAsk, ThreadNews, ThreadSetup } from "./coverage-messages.js";

/** The thread that computes coverage: however long a step takes, telemetry and clicks do not wait for it. */
// The parent made this object in the line before it started the thread.
const { config, cityBytes } = workerData as ThreadSetup;
const parsed = parseCityFile(JSON.parse(new TextDecoder().decode(cityBytes)));
if (parsed.kind === "refused") throw new Error(`the city cannot be read: ${parsed.reason}`);
const { attribution } = parsed.city;
const work = new CoverageWork({ config, world: worldFromCity(parsed.city), attribution });

function tell(news: ThreadNews | undefined): void {
  if (news !== undefined) parentPort?.postMessage(news);
}

// Questions that come while the site is computed wait in the port's own queue: the whole takes a few seconds at most.
parentPort?.on("message", (ask: ThreadAsk) => {
  for (const news of ask.kind === "times" ? work.times(ask) : work.looks(ask)) tell(news);
});
for (const news of work.site()) tell(news);
