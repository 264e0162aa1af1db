import { type Log, RunClock } from "@outrider/contract";
import { ruleProblems } from "../../route/index.js";
import { createBridge } from "../bridge.js";
import { bridgeConfigFrom } from "../bridge-config.js";
import { byteStreams } from "./byte-streams.js";
import { fileDisk } from "./file-disk.js";
import { configFrom, fail, secret, signingKey } from "./read-setup.js";
import { systemChance } from "./system-chance.js";
import { udp } from "./udp.js";
import { wallClock } from "./wall-clock.js";
import { webSocketDialer, webSocketServer } from "./web-sockets.js";

const log: Log = (level, what, fields) => {
  if (level === "debug") return;
  process.stderr.write(
    `${JSON.stringify({ t: new Date().toISOString(), level, part: "drone-bridge", what, ...fields })}\n`,
  );
};

const config = configFrom(process.argv[2] ?? "outrider.yaml");
const badRules = ruleProblems(config.bridge.forward ?? [], config.aircraft);
if (badRules.length > 0) fail(badRules.join("\n"));
for (const link of config.bridge.links)
  if (link.kind === "serial" && !link.path.startsWith("/dev/serial/by-"))
    log(
      "warn",
      "a serial port by its number may be another radio after a restart: use its path below /dev/serial/by-id",
      {
        path: link.path,
      },
    );
const token = secret(config.bridge.token);
const macKey = signingKey(config.bridge.signing);
const wall = wallClock();
const run = new RunClock(wall, { runId: "live", epochMs: wall.nowMs(), rate: 1, paused: false });
const simulated = config.site.provenance === "sim";
const stationHost = config.listen.host === "0.0.0.0" ? "127.0.0.1" : config.listen.host;

const bridge = createBridge({
  config: bridgeConfigFrom(config),
  clocks: { run, wall },
  chance: systemChance,
  disk: fileDisk("."),
  datagrams: udp,
  dialer: webSocketDialer,
  messageServer: webSocketServer,
  streams: byteStreams,
  log,
  token,
  ...(macKey === undefined ? {} : { signingKey: macKey }),
  stationUrl: `ws://${stationHost}:${config.listen.http}/bridge`,
  // A live bridge keeps real time whatever anybody tells it: a pause would stop heartbeats to real aircraft.
  onTiming: (timing) => {
    if (simulated) run.retime(timing);
  },
});

// A bridge in an unknown state must not go on sending heartbeats: it ends, and aircraft follow their own failsafe.
process.on("uncaughtException", (error) => {
  log("error", "uncaught", { error: error.stack ?? error.message });
  process.exit(1);
});
const stop = (): void => {
  bridge.close();
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

bridge.start((error) => {
  if (error !== undefined) fail(error.message);
  process.stdout.write("drone-bridge ready\n");
});
