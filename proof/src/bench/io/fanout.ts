import type { Bench } from "../bench.js";

export const fanout: Bench = { name: "fanout", run: async () => ({ bench: "fanout", metrics: {}, notes: [] }) };
