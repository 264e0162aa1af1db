import { type Log, RunClock } from "@outrider/contract";
import { ruleProblems } from "../../route/index.js";
import { createBridge } from "../bridge.js";
import { bridgeConfigFrom, recordingOf } from "../bridge-config.js";
import { byteStreams } from "./byte-streams.js";
import { fileDisk } from "./file-disk.js";
import { configFrom, fail, orderKeys, ownLimits, secret, signingKey } from "./read-setup.js";
import { replayClock } from "./replay-clock.js";
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
const keys = orderKeys(config.bridge.orders);
if (keys.kind === "unsigned")
  log("warn", "orders of the station are not signed (bridge.orders): whoever holds the bridge's token orders");
if (keys.kind === "trouble")
  log("error", "orders cannot be verified: only hold, return and land are carried out", { why: keys.why });
const limits = ownLimits(config.bridge.limits);
if (limits === undefined) log("warn", "no limits of its own (bridge.limits): built-in bounds hold");
const wall = wallClock();
const bridgeConfig = bridgeConfigFrom(config);
const recording = recordingOf(bridgeConfig);
if (recording !== undefined) log("warn", "a recording is played: nothing that is seen is there", recording);
const run =
  recording === undefined
    ? new RunClock(wall, { runId: "live", epochMs: wall.nowMs(), rate: 1, paused: false })
    : replayClock(wall, recording);
const simulated = config.site.provenance === "sim";
const stationHost = config.listen.host === "0.0.0.0" ? "127.0.0.1" : config.listen.host;

const bridge = createBridge({
  config: bridgeConfig,
  clocks: { run, wall },
  chance: systemChance,
  disk: fileDisk("."),
  datagrams: udp,
  dialer: webSocketDialer,
  messageServer: webSocketServer,
  streams: byteStreams,
  log,
  token,
  orderKeys: keys,
  ...(limits === undefined ? {} : { limits }),
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
