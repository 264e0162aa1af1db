import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Config, readConfig } from "@outrider/contract";
import { signingKeyFrom } from "@outrider/mavlink";
import type { OwnLimits } from "../../limits/index.js";
import { limitsFromFile } from "../../limits/io/limits-file.js";
import type { OrderKeys } from "../../order/index.js";
import { orderKeysFrom } from "../../order/io/order-keys.js";

/** Ends the process with a sentence that says what is wrong and what to do. */
export function fail(problem: string): never {
  process.stdout.write(`drone-bridge does not start: ${problem}\n`);
  process.exit(2);
}

/** Paths in the file are relative to the folder that it lies in, as for the station and the simulator. */
export function configFrom(file: string): Config {
  if (!existsSync(file)) fail(`no configuration at ${file}`);
  const read = readConfig(file, readFileSync(file, "utf8"));
  if (read.kind === "ok") return besideFile(read.config, dirname(resolve(file)));
  return fail(read.problems.map((each) => `${each.file}:${each.line} ${each.field}: ${each.problem}`).join("\n"));
}

type Secret = Config["bridge"]["token"];

function besideFile(config: Config, dir: string): Config {
  const at = (path: string): string => resolve(dir, path);
  const beside = (wanted: Secret): Secret => ("file" in wanted ? { file: at(wanted.file) } : wanted);
  const { bridge } = config;
  const { signing, orders, limits } = bridge;
  return {
    ...config,
    bridge: {
      ...bridge,
      token: beside(bridge.token),
      journal: at(bridge.journal),
      links: bridge.links.map((link) => (link.kind === "replay" ? { ...link, file: at(link.file) } : link)),
      ...(signing === undefined ? {} : { signing: { ...signing, key: beside(signing.key) } }),
      ...(orders === undefined ? {} : { orders: { ...orders, trusted: orders.trusted.map(at) } }),
      ...(limits === undefined ? {} : { limits: at(limits) }),
    },
  };
}

/** With what the station's orders are verified; trouble with a key is told and does not stop the bridge. */
export function orderKeys(orders: Config["bridge"]["orders"]): OrderKeys {
  return orders === undefined ? { kind: "unsigned" } : orderKeysFrom(orders.stationId, orders.trusted);
}

/** The bridge's own limits; a file that is named and wrong stops the start, since other bounds were meant. */
export function ownLimits(file: string | undefined): OwnLimits | undefined {
  if (file === undefined) return undefined;
  try {
    return { source: "file", limits: limitsFromFile(file), text: `limits of ${file} hold` };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** From a file that only its owner can read, or from the environment. */
export function secret(wanted: Secret): string {
  if ("env" in wanted) return process.env[wanted.env] ?? fail(`environment variable ${wanted.env} is not set`);
  if (!existsSync(wanted.file)) fail(`no key at ${wanted.file}`);
  const readableByOthers = process.platform !== "win32" && (statSync(wanted.file).mode & 0o077) !== 0;
  if (readableByOthers) fail(`${wanted.file} can be read by others: chmod 600 it`);
  return readFileSync(wanted.file, "utf8").trim();
}

/** The MAVLink signing key, where signing is configured: without it the bridge does not start. */
export function signingKey(signing: Config["bridge"]["signing"]): Uint8Array | undefined {
  if (signing === undefined) return undefined;
  const read = signingKeyFrom(secret(signing.key));
  return read.kind === "ok" ? read.key : fail(`bridge.signing.key: ${read.problem}`);
}
