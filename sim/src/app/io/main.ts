import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCityFile } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { parseScenario, type Scenario } from "../../scenario/index.js";
import { serveAirData } from "../../sensors/index.js";
import { airDataDoor } from "../air-data.js";
import { px4Wanted, simWords } from "../px4-words.js";
import { Sim } from "../sim.js";
import { camerasOf } from "./cameras.js";
import { plateCrops } from "./plate-crops.js";
import { httpClient, signTools, stderrLog, systemChance, udp, wallClock, webSockets } from "./platform.js";
import { px4SeatsOf } from "./px4-seats.js";
import { configFrom, fail, readerSenders, secret, signingKey, sourceKey } from "./read-setup.js";

const demoIncidentAfterMs = 60_000;

function scenarios(): readonly Scenario[] {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../scenarios");
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => {
      const parsed = parseScenario(name, readFileSync(join(folder, name), "utf8"));
      return parsed.kind === "ok" ? parsed.scenario : fail(parsed.problem);
    });
  return [...all.filter((one) => one.id === "demo"), ...all.filter((one) => one.id !== "demo")];
}

const words = simWords(process.argv.slice(2));
if (words.kind === "bad") fail(words.problem);
const config = configFrom(words.configFile ?? process.env["OUTRIDER_CONFIG"] ?? "outrider.yaml");
const px4 = px4Wanted(words, config.sim?.px4);
const parsed = parseCityFile(JSON.parse(readFileSync(config.site.city, "utf8")));
if (parsed.kind === "refused") fail(`${config.site.city}: ${parsed.reason}`);
const world = worldFromCity(parsed.city);
const macKey = signingKey(config.bridge.signing);
const sim = new Sim({
  config,
  city: parsed.city,
  world,
  wall: wallClock,
  chance: systemChance,
  datagrams: udp,
  dialer: webSockets,
  http: httpClient,
  tools: signTools,
  keys: {
    cad: sourceKey(config, "demo-cad"),
    shots: sourceKey(config, "demo-shots"),
    readers: sourceKey(config, "demo-readers"),
    readersOf: readerSenders(config),
  },
  stationUrl: `http://${config.listen.host}:${config.listen.http}`,
  docksUrl: `ws://${config.listen.host}:${config.listen.docks}/dock`,
  token: secret(config.sim?.token ?? fail("sim.token is missing")),
  dockToken: secret(config.bridge.token),
  scenarios: scenarios(),
  log: stderrLog,
  seed: config.sim?.seed ?? 1,
  lowFidelity: config.sim?.lowFidelity ?? false,
  demoAfterMs: demoIncidentAfterMs,
  cameras: camerasOf,
  crop: plateCrops(),
  ...(macKey === undefined ? {} : { signingKey: macKey }),
  ...(px4 === undefined
    ? {}
    : {
        px4: px4SeatsOf(
          px4,
          config.aircraft.map((one) => one.callSign),
          config.listen.mavlinkUdp,
          stderrLog,
        ),
      }),
});
sim.start();
const airData = config.sim?.airData;
const airServer = airData === undefined ? undefined : serveAirData(airData, airDataDoor(sim), stderrLog);
process.stdout.write("sim ready\n");
const stop = (): void => {
  airServer?.close();
  sim.close();
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
