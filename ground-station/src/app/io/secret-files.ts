import { lstatSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

export type SecretRef = { readonly file: string } | { readonly env: string };

/**
 * Reads a secret from a file that only its owner can read, or from the environment.
 * @throws Error naming the field and what to do; never the secret
 */
export function readSecret(field: string, ref: SecretRef, dir: string): string {
  if ("env" in ref) {
    const value = process.env[ref.env]?.trim();
    if (!value) throw new Error(`${field}: the environment has no ${ref.env}`);
    return value;
  }
  const path = resolve(dir, ref.file);
  const stat = (() => {
    try {
      return lstatSync(path);
    } catch {
      throw new Error(`${field}: ${path} cannot be read`);
    }
  })();
  if (!stat.isFile()) throw new Error(`${field}: ${path} is not a plain file (links are not followed)`);
  const mode = stat.mode & 0o777;
  if (mode !== 0o600)
    throw new Error(`${field}: ${path} has mode ${mode.toString(8)}, it must be 600: chmod 600 ${path}`);
  const value = readFileSync(path, "utf8").trim();
  if (value === "") throw new Error(`${field}: ${path} is empty`);
  return value;
}

/** Lines `keyId:secret`, or one bare secret that fits any key id. Two lines while a source changes its key. */
export function sourceSecrets(text: string): readonly { keyId: string; secret: string }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const at = line.indexOf(":");
      return at === -1 ? { keyId: "*", secret: line } : { keyId: line.slice(0, at), secret: line.slice(at + 1) };
    });
}
