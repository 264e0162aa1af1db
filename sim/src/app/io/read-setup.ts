import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Config, readConfig } from "@outrider/contract";
import { signingKeyFrom } from "@outrider/mavlink";
import { formatOfSource } from "../reader-formats.js";
import type { ReaderSender } from "../reader-posts.js";

/** Ends the process with a sentence that says what is wrong and what to do. */
export function fail(problem: string): never {
  process.stderr.write(`${JSON.stringify({ level: "error", part: "sim", what: problem })}\n`);
  process.stdout.write(`sim does not start: ${problem}\n`);
  process.exit(2);
}

export function configFrom(file: string): Config {
  if (!existsSync(file)) fail(`no configuration at ${file}`);
  const read = readConfig(file, readFileSync(file, "utf8"));
  if (read.kind === "bad") fail(read.problems.map((p) => `${p.file}:${p.line} ${p.field}: ${p.problem}`).join("\n"));
  if (read.config.site.provenance !== "sim" || !read.config.sim?.enabled) {
    fail(
      `${file}: the simulator runs only where site.provenance is sim and sim.enabled is true; a live site never meets it`,
    );
  }
  return besideFile(dirname(resolve(file)), read.config);
}

/** Relative paths count from the configuration's own folder, as for the ground station, wherever the process was started. */
export function besideFile(folder: string, config: Config): Config {
  const beside = <T extends { file: string } | { env: string }>(wanted: T): T =>
    "file" in wanted ? { ...wanted, file: resolve(folder, wanted.file) } : wanted;
  return {
    ...config,
    site: { ...config.site, city: resolve(folder, config.site.city) },
    bridge: {
      ...config.bridge,
      token: beside(config.bridge.token),
      ...(config.bridge.signing === undefined
        ? {}
        : { signing: { ...config.bridge.signing, key: beside(config.bridge.signing.key) } }),
    },
    ...(config.sim === undefined ? {} : { sim: simBeside(folder, config.sim, beside(config.sim.token)) }),
    sources: config.sources.map((source) => ({ ...source, key: beside(source.key) })),
    cameras: config.cameras.map(({ login, ...camera }) => ({
      ...camera,
      ...(login === undefined ? {} : { login: { ...login, password: beside(login.password) } }),
    })),
  };
}

function simBeside(
  folder: string,
  { px4, ...sim }: NonNullable<Config["sim"]>,
  token: NonNullable<Config["sim"]>["token"],
): NonNullable<Config["sim"]> {
  if (px4 === undefined) return { ...sim, token };
  const { bin, etc, ...rest } = px4;
  const at = (path: string): string => resolve(folder, path);
  const where = { ...(bin === undefined ? {} : { bin: at(bin) }), ...(etc === undefined ? {} : { etc: at(etc) }) };
  return { ...sim, token, px4: { ...rest, ...where, folder: at(px4.folder ?? "data/px4") } };
}

/** The MAVLink signing key of the site, which a technician gives to each aircraft by cable. */
export function signingKey(signing: Config["bridge"]["signing"]): Uint8Array | undefined {
  if (signing === undefined) return undefined;
  const read = signingKeyFrom(secret(signing.key));
  return read.kind === "ok" ? read.key : fail(`bridge.signing.key: ${read.problem}`);
}

/** A key file that others can read is no key: refused. */
export function secret(wanted: { file: string } | { env: string }): string {
  if ("env" in wanted) return process.env[wanted.env] ?? fail(`environment variable ${wanted.env} is not set`);
  if (!existsSync(wanted.file)) fail(`no key at ${wanted.file}: npm start makes the demonstration's keys`);
  if (process.platform !== "win32" && (statSync(wanted.file).mode & 0o077) !== 0) {
    fail(`${wanted.file} can be read by others: chmod 600 it`);
  }
  return readFileSync(wanted.file, "utf8").trim();
}

export function sourceKey(config: Config, sourceId: string): { sourceId: string; keyId: string; keyHex: string } {
  const source =
    config.sources.find((one) => one.sourceId === sourceId) ?? fail(`no source ${sourceId} in the configuration`);
  return { sourceId, keyId: "1", keyHex: secret(source.key) };
}

/** What each reader posts as that is named under `sim.sensors.readers`; the kind of its source is its format. */
export function readerSenders(config: Config): ReadonlyMap<string, ReaderSender> {
  const wanted = Object.entries(config.sim?.sensors?.readers ?? {});
  return new Map(
    wanted.map(([cameraId, sourceId]) => {
      const where = `sim.sensors.readers.${cameraId}`;
      if (!config.cameras.some((one) => one.cameraId === cameraId && one.kind === "reader"))
        fail(`${where}: there is no reader of that name under cameras`);
      const kind = config.sources.find((one) => one.sourceId === sourceId)?.kind;
      const format = kind === undefined ? undefined : formatOfSource(kind);
      if (format === undefined) fail(`${where}: ${sourceId} is no source of a kind alpr/...; name one under sources`);
      return [cameraId, { format, key: sourceKey(config, sourceId) }];
    }),
  );
}
