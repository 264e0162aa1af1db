import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { type CityFile, type Config, type OrderSigner, onvifOf, parseCityFile, readConfig } from "@outrider/contract";
import type { Login } from "../../feeds/index.js";
import { orderSignerFrom } from "../../fleet/io/order-signer.js";
import type { SourceSecrets } from "../../intake/index.js";
import { sha256Hex } from "../../record/index.js";
import { readSecret, sourceSecrets } from "./secret-files.js";

export type Loaded = {
  readonly config: Config;
  readonly configHash: string;
  /** Folder of the configuration: its paths are relative to it. */
  readonly dir: string;
  readonly city: CityFile;
  readonly cityBytes: Uint8Array;
  readonly secrets: { readonly bridgeToken: string; readonly simToken?: string; readonly sources: SourceSecrets };
  /** The private key that orders are signed with. */
  readonly orderSigner?: OrderSigner;
  /** Names and passwords of fixed cameras, by camera id. */
  readonly cameraLogins: ReadonlyMap<string, Login>;
  /** The same of their ONVIF services. */
  readonly onvifLogins: ReadonlyMap<string, Login>;
};

/** @throws Error with one line for each problem: file, line, field, what is wrong */
export function loadStation(configPath: string): Loaded {
  const path = resolve(configPath);
  const text = readFileSync(path, "utf8");
  const read = readConfig(path, text);
  if (read.kind === "bad")
    throw new Error(read.problems.map((one) => `${one.file}:${one.line} ${one.field}: ${one.problem}`).join("\n"));
  const { config } = read;
  const dir = dirname(path);
  const cityPath = resolve(dir, config.site.city);
  const raw = readFileSync(cityPath);
  const cityBytes = cityPath.endsWith(".gz") ? gunzipSync(raw) : raw;
  const parsed = parseCityFile(JSON.parse(cityBytes.toString("utf8")));
  if (parsed.kind === "refused") throw new Error(`${cityPath}: ${parsed.reason}`);
  const secrets = readSecrets(config, dir);
  const cameraLogins = readCameraLogins(config, dir);
  const onvifLogins = readOnvifLogins(config, dir, cameraLogins);
  const city = parsed.city;
  const loaded = { config, configHash: sha256Hex(text), dir, city, cityBytes, secrets, cameraLogins, onvifLogins };
  return config.bridge.orders === undefined
    ? loaded
    : { ...loaded, orderSigner: readSigner(config.bridge.orders, dir) };
}

function readSigner(orders: NonNullable<Config["bridge"]["orders"]>, dir: string): OrderSigner {
  return orderSignerFrom("bridge.orders.key", readSecret("bridge.orders.key", orders.key, dir));
}

function readCameraLogins(config: Config, dir: string): Loaded["cameraLogins"] {
  return new Map(
    config.cameras.flatMap(({ cameraId, login }): [string, Login][] => {
      if (login === undefined) return [];
      const password = readSecret(`cameras ${cameraId}.login.password`, login.password, dir);
      return [[cameraId, { user: login.user, password }]];
    }),
  );
}

/** Most cameras have one login for everything; one that has two names the other beside its ONVIF address. */
function readOnvifLogins(config: Config, dir: string, usual: Loaded["cameraLogins"]): Loaded["onvifLogins"] {
  const own = config.cameras.flatMap((camera): [string, Login][] => {
    const { cameraId } = camera;
    const login = onvifOf(camera)?.login;
    if (login === undefined) return [];
    const password = readSecret(`cameras ${cameraId}.onvif.login.password`, login.password, dir);
    return [[cameraId, { user: login.user, password }]];
  });
  return new Map([...usual, ...own]);
}

function readSecrets(config: Config, dir: string): Loaded["secrets"] {
  const sources = new Map(
    config.sources.map((source) => [
      source.sourceId,
      sourceSecrets(readSecret(`sources ${source.sourceId}.key`, source.key, dir)),
    ]),
  );
  const bridgeToken = readSecret("bridge.token", config.bridge.token, dir);
  return config.sim === undefined
    ? { bridgeToken, sources }
    : { bridgeToken, sources, simToken: readSecret("sim.token", config.sim.token, dir) };
}
