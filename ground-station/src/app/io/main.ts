import { runStation } from "./run-station.js";
import { stderrLog } from "./system-ports.js";

const version = "0.1.0";
const configPath = process.argv[2] ?? "outrider.yaml";

const stop = (message: string): never => {
  process.stderr.write(`ground-station does not start:\n${message}\n`);
  process.exit(2);
};

// A station in an unknown state must not go on deciding: it ends, and aircraft follow what was agreed before launch.
process.on("uncaughtException", (error) => {
  stderrLog("error", "uncaught", { error: error.stack ?? error.message });
  process.exit(1);
});

try {
  const running = await runStation(configPath, { log: stderrLog, version });
  process.stdout.write(`ground-station ready http://127.0.0.1:${running.port}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => running.close(() => process.exit(0)));
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
