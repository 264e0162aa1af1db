import { spawn, spawnSync } from "node:child_process";

/** Why a Python with MAVSDK is not at hand; undefined when it is. */
export function mavsdkMissing(): string | undefined {
  const python = process.env["OUTRIDER_MAVSDK_PYTHON"];
  if (python === undefined)
    return "MAVSDK is not tested against: OUTRIDER_MAVSDK_PYTHON names no Python that has it (pip install mavsdk)";
  const found = spawnSync(python, ["-c", "import mavsdk.asyncio"], { encoding: "utf8" });
  return found.status === 0
    ? undefined
    : `${python} has no mavsdk: ${(found.stderr || String(found.error)).slice(-200)}`;
}

export type PeerRun = { readonly lines: readonly string[]; readonly errors: string; readonly code: number | undefined };

/** Runs a script and gives what it said, line by line; ended when it takes longer than it may. */
export function runPython(
  script: string,
  args: readonly string[],
  withinMs: number,
  python = process.env["OUTRIDER_MAVSDK_PYTHON"] ?? "python3",
): Promise<PeerRun> {
  return new Promise((resolve) => {
    const child = spawn(python, ["-c", script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [said, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const tooLong = setTimeout(() => child.kill("SIGKILL"), withinMs);
    child.on("close", (code) => {
      clearTimeout(tooLong);
      resolve({ lines: said.split("\n").filter((line) => line !== ""), errors, code: code ?? undefined });
    });
  });
}
