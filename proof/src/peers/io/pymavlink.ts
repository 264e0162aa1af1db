import { spawnSync } from "node:child_process";
import { pymavlinkScript } from "../pymavlink-script.js";

const python = (): string | undefined => process.env["OUTRIDER_PYMAVLINK"];

/** Why a Python with pymavlink is not at hand; undefined when it is. */
export function pymavlinkMissing(): string | undefined {
  const path = python();
  if (path === undefined)
    return "pymavlink is not tested against: OUTRIDER_PYMAVLINK names no Python that has it (pip install pymavlink)";
  const found = spawnSync(path, ["-c", "import pymavlink"], { encoding: "utf8" });
  return found.status === 0
    ? undefined
    : `${path} has no pymavlink: ${(found.stderr || String(found.error)).slice(-200)}`;
}

/** Version of the package. */
export function pymavlinkVersion(): string {
  const script = "from importlib.metadata import version; print(version('pymavlink'))";
  return spawnSync(python() ?? "python3", ["-c", script], { encoding: "utf8" }).stdout.trim();
}

export type PymavlinkRequest =
  | { readonly do: "facts" }
  | {
      readonly do: "emit";
      readonly items: readonly { readonly id: number; readonly seq: number; readonly values: unknown }[];
      readonly key?: string;
      readonly linkId?: number;
      readonly timestamp?: number;
    }
  | { readonly do: "parse"; readonly frames: readonly string[] }
  | { readonly do: "verify"; readonly frames: readonly string[]; readonly key: string; readonly timestamp: number };

/** Asks it in one run. @throws with what it said where it ended badly */
export function askPymavlink(requests: readonly PymavlinkRequest[]): readonly unknown[] {
  const ran = spawnSync(python() ?? "python3", ["-c", pymavlinkScript], {
    input: JSON.stringify(requests),
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (ran.status !== 0) throw new Error(`pymavlink ended badly: ${ran.stderr.slice(-2000)}`);
  const answers: unknown = JSON.parse(ran.stdout);
  if (!Array.isArray(answers)) throw new Error("pymavlink gave no list");
  return answers;
}
