import { readFileSync, statSync } from "node:fs";
import { type BridgeLimits, readBridgeLimits } from "@outrider/contract";

/**
 * The bridge's own limits.
 * @throws Error with one line for each problem: file, line, field, what is wrong
 */
export function limitsFromFile(file: string): BridgeLimits {
  const mode = (() => {
    try {
      return statSync(file).mode;
    } catch {
      throw new Error(`bridge.limits: ${file} cannot be read`);
    }
  })();
  // Whoever may write it decides where aircraft fly: that is one person, and not the station.
  if (process.platform !== "win32" && (mode & 0o002) !== 0)
    throw new Error(`bridge.limits: ${file} can be written by others: chmod 644 it`);
  const read = readBridgeLimits(file, readFileSync(file, "utf8"));
  if (read.kind === "ok") return read.limits;
  throw new Error(read.problems.map((one) => `${one.file}:${one.line} ${one.field}: ${one.problem}`).join("\n"));
}
