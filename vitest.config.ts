import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const source = { resolve: { conditions: ["source"] }, ssr: { resolve: { conditions: ["source"] } } };
const folders = "{libs/*,drone-bridge,ground-station,sim,ui,proof}";

export default defineConfig({
  ...source,
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          // No module holds state (a rule of the house), so files share their worker and what it has loaded.
          isolate: false,
          pool: "threads",
          maxWorkers: availableParallelism(),
          include: [`${folders}/src/**/*.test.{ts,tsx}`],
          exclude: ["**/*.int.test.ts", "**/dist/**"],
          testTimeout: 20_000,
        },
      },
      {
        ...source,
        test: {
          name: "int",
          include: [`${folders}/src/**/*.int.test.ts`],
          exclude: ["**/dist/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
