import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Why no PX4 can be started here; undefined where one can. */
export function px4Missing(): string | undefined {
  const bin = process.env["PX4_BIN"];
  if (bin === undefined || bin === "") return "PX4_BIN names no px4 program: the flight with a real PX4 is skipped";
  if (!existsSync(bin)) return `PX4_BIN: there is no ${bin}`;
  return existsSync(etcOf(bin)) ? undefined : `there is no ${etcOf(bin)}: name PX4's etc folder in PX4_ETC`;
}

const etcOf = (bin: string): string => resolve(process.env["PX4_ETC"] ?? join(dirname(resolve(bin)), "..", "etc"));

export type Px4Start = {
  readonly folder: string;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altAmslM: number;
  readonly environment: Readonly<Record<string, string>>;
};

/** One PX4 SITL, instance 0, flying its own physics, with its parameters and missions in a folder of the caller's. */
export class Px4Process {
  readonly #child: ChildProcess;
  readonly #logFile: string;

  private constructor(child: ChildProcess, logFile: string) {
    this.#child = child;
    this.#logFile = logFile;
  }

  static start(wish: Px4Start): Px4Process {
    const bin = resolve(process.env["PX4_BIN"] ?? "");
    mkdirSync(wish.folder, { recursive: true });
    const logFile = join(wish.folder, "px4.log");
    // Its shell writes to where it was told; a file is never full, a pipe that nobody reads is.
    const child = spawn(
      "/bin/sh",
      ["-c", 'exec "$0" "$@" >"$PX4_LOG" 2>&1 </dev/null', bin, ...args(bin, wish.folder)],
      {
        cwd: wish.folder,
        stdio: "ignore",
        env: {
          ...process.env,
          ...wish.environment,
          HEADLESS: "1",
          PX4_LOG: logFile,
          PX4_SIM_MODEL: "sihsim_quadx",
          PX4_HOME_LAT: String(wish.latDeg),
          PX4_HOME_LON: String(wish.lonDeg),
          PX4_HOME_ALT: wish.altAmslM.toFixed(2),
        },
      },
    );
    return new Px4Process(child, logFile);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get log(): string {
    return existsSync(this.#logFile) ? readFileSync(this.#logFile, "utf8") : "";
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    await new Promise<void>((done) => {
      const hard = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
      this.#child.once("exit", () => {
        clearTimeout(hard);
        done();
      });
      this.#child.kill("SIGTERM");
    });
  }
}

const args = (bin: string, folder: string): string[] => ["-i", "0", "-d", etcOf(bin), "-w", folder];
