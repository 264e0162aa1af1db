import type { Bench } from "../bench.js";

export const launch: Bench = { name: "launch", run: async () => ({ bench: "launch", metrics: {}, notes: [] }) };
