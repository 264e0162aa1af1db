import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../../rig/io/demo-rig.js";
import type { PartReport } from "./part-reporter.js";

const reporter = new URL("./part-reporter.js", import.meta.url).href;

/** Path of another file of this folder, for a process of its own. */
export const besideThis = (file: string): string => fileURLToPath(new URL(`./${file}`, import.meta.url));

/** One process under measurement: CPU time of all its threads, and what it holds for a slow peer. */
export class PartProcess {
  readonly #child: ChildProcess;
  #output = "";

  constructor(file: string, args: readonly string[]) {
    this.#child = fork(file, args, {
      cwd: root,
      execArgv: ["--import", reporter],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const take = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString("utf8")).slice(-20_000);
    };
    this.#child.stdout?.on("data", take);
    this.#child.stderr?.on("data", take);
  }

  get output(): string {
    return this.#output;
  }

  /** Waits for a line of its output; answers the pattern's first group. */
  async says(pattern: RegExp, withinMs = 60_000): Promise<string> {
    const end = Date.now() + withinMs;
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) return match[1] ?? match[0];
      if (Date.now() > end || this.#child.exitCode !== null)
        throw new Error(`a part never said ${pattern}. It said: ${this.#output.slice(-1500)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  report(): Promise<PartReport> {
    // Every answer of these processes to "report" is a PartReport (part-reporter.ts).
    return this.ask("report") as Promise<PartReport>;
  }

  /** One question, one answer, in order. */
  ask(question: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no answer to ${question}: ${this.#output.slice(-500)}`)),
        120_000,
      );
      this.#child.once("message", (answer: unknown) => {
        clearTimeout(late);
        resolve(answer);
      });
      this.#child.send(question);
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const hard = setTimeout(() => this.#child.kill("SIGKILL"), 3_000);
      this.#child.once("exit", () => {
        clearTimeout(hard);
        resolve();
      });
      this.#child.kill("SIGTERM");
    });
  }
}
