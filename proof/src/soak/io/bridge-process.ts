import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { root } from "../../rig/io/demo-rig.js";
import type { MemoryTold } from "./memory-reporter.js";

const reporter = new URL("./memory-reporter.js", import.meta.url).href;
const readyMs = 60_000;

/** The bridge as it ships, in a process of its own that tells its memory. */
export class BridgeProcess {
  readonly #child: ChildProcess;
  #output = "";

  constructor(configFile: string) {
    this.#child = fork(join(root, "drone-bridge/dist/app/io/main.js"), [configFile], {
      cwd: root,
      execArgv: ["--expose-gc", "--import", reporter],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const take = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString("utf8")).slice(-20_000);
    };
    this.#child.stdout?.on("data", take);
    this.#child.stderr?.on("data", take);
    process.once("exit", () => this.#child.kill("SIGKILL"));
  }

  get output(): string {
    return this.#output;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async ready(): Promise<void> {
    for (const end = Date.now() + readyMs; !this.#output.includes("drone-bridge ready"); ) {
      if (this.ended || Date.now() > end) throw new Error(`the bridge does not start: ${this.#output.slice(-1500)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  memory(): Promise<MemoryTold> {
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error(`the bridge has ended: ${this.#output.slice(-1500)}`));
      if (this.ended) return gone();
      this.#child.once("exit", gone);
      this.#child.once("message", (told) => {
        this.#child.off("exit", gone);
        // The only answer that the reporter gives.
        resolve(told as MemoryTold);
      });
      this.#child.send("memory");
    });
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.kill("SIGTERM");
    });
  }
}
