import { existsSync, readFileSync, statSync } from "node:fs";
import { type Config, readConfig } from "@outrider/contract";
import { signingKeyFrom } from "../../frame/index.js";

/** Ends the process with a sentence that says what is wrong and what to do. */
export function fail(problem: string): never {
  process.stdout.write(`drone-bridge does not start: ${problem}\n`);
  process.exit(2);
}

export function configFrom(file: string): Config {
  if (!existsSync(file)) fail(`no configuration at ${file}`);
  const read = readConfig(file, readFileSync(file, "utf8"));
  if (read.kind === "ok") return read.config;
  return fail(read.problems.map((each) => `${each.file}:${each.line} ${each.field}: ${each.problem}`).join("\n"));
}

/** From a file that only its owner can read, or from the environment. */
export function secret(wanted: Config["bridge"]["token"]): string {
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
