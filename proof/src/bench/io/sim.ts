import type { Bench } from "../bench.js";

export const sim: Bench = { name: "sim", run: async () => ({ bench: "sim", metrics: {}, notes: [] }) };
