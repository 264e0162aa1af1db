import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Config, parseCityFile, readConfig } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { BarePad } from "./bare-pad.js";
import { Px4Api } from "./px4-api.js";

/**
 * Whoever stands beside real PX4s that fly their own physics: node proof/dist/px4/io/ground-crew.js CONFIG. Sets the
 * site's failsafe parameters, since what PX4 takes from its environment is partly lost, and speaks dock/1 for a bare pad
 * under each. Instance i is the i-th aircraft of the file.
 */
const file = resolve(process.argv[2] ?? "outrider.yaml");
const read = readConfig(file, readFileSync(file, "utf8"));
if (read.kind === "bad") throw new Error(read.problems.map((p) => `${p.file}:${p.line} ${p.problem}`).join("\n"));
const { config } = read;
const beside = (path: string): string => resolve(dirname(file), path);
const city = parseCityFile(JSON.parse(readFileSync(beside(config.site.city), "utf8")));
if (city.kind === "refused") throw new Error(city.reason);
const { frame, terrain } = worldFromCity(city.city);

function padOf(aircraft: Config["aircraft"][number], instance: number): BarePad {
  const dock = config.docks.find((one) => one.dockId === aircraft.dockId);
  if (dock === undefined) throw new Error(`${aircraft.callSign}: no dock ${aircraft.dockId}`);
  const { eastM, northM } = frame.toLocal(dock.point);
  return new BarePad({ ...dock, altAmslM: terrain.groundAmslM(eastM, northM), instance });
}

function tokenOf(token: Config["bridge"]["token"]): string {
  const value = "env" in token ? process.env[token.env] : readFileSync(beside(token.file), "utf8");
  if (value === undefined) throw new Error("the bridge's token is not set");
  return value.trim();
}

async function prepare(callSign: string, instance: number): Promise<void> {
  const api = new Px4Api(instance);
  const uid = await api.uid(120_000);
  for (const [name, { value }] of Object.entries(config.failsafeParameters)) await api.setParameter(name, value);
  api.close();
  console.info(`${callSign}: PX4 instance ${instance}, uid ${uid}, parameters set`);
}

const token = tokenOf(config.bridge.token);
const crews = config.aircraft.map(async (aircraft, instance) => {
  padOf(aircraft, instance).dial(`ws://127.0.0.1:${config.listen.docks}/dock`, token);
  await prepare(aircraft.callSign, instance);
});
await Promise.all(crews);
