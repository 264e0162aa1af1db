import { it } from "vitest";
import { launchModel, twoSize, wholeSize } from "./launch-model.js";
import { walk } from "./walk.js";
it("full", { timeout: 400_000 }, () => {
  for (const [n,s] of [["one", wholeSize],["two", twoSize]] as const) {
    const t=process.uptime();
    const r = walk(launchModel(n, s), 40_000);
    console.log(JSON.stringify(r), process.uptime()-t);
  }
});
