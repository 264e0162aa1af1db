import type { Bench } from "../bench.js";

export const scene: Bench = { name: "scene", run: async () => ({ bench: "scene", metrics: {}, notes: [] }) };
