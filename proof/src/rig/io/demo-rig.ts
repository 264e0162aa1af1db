import { type ChildProcess, spawn } from "node:child_process";
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));

const mains = {
  "ground-station": "ground-station/dist/app/io/main.js",
  "drone-bridge": "drone-bridge/dist/app/io/main.js",
  sim: "sim/dist/app/io/main.js",
} as const;
export type PartName = keyof typeof mains;

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** As the starter makes them for the demonstration. */
function writeOrderKeys(folder: string): void {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const privateFile = join(folder, "station-order.key");
  writeFileSync(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const publicFile = join(folder, "station-order.pub");
  writeFileSync(publicFile, publicKey.export({ type: "spki", format: "pem" }));
  for (const [file, mode] of [
    [privateFile, 0o600],
    [publicFile, 0o644],
  ] as const)
    chmodSync(file, mode);
}

export type RigOptions = { readonly edit?: (yaml: string) => string; readonly keep?: boolean };

/** The demonstration as three real processes on ports and a data folder of its own: what a user starts, for tests to drive. */
export class DemoRig {
  readonly folder: string;
  readonly configFile: string;
  readonly base: string;
  readonly #parts = new Map<PartName, ChildProcess>();

  private constructor(folder: string, configFile: string, base: string) {
    this.folder = folder;
    this.configFile = configFile;
    this.base = base;
    // Whoever drives the rig may be ended at any line: nothing of it may go on flying behind his back.
    process.once("exit", () => {
      for (const child of this.#parts.values()) child.kill("SIGKILL");
    });
  }

  static async make(options: RigOptions = {}): Promise<DemoRig> {
    const folder = mkdtempSync(join(tmpdir(), "outrider-rig-"));
    mkdirSync(join(folder, "keys"), { mode: 0o700 });
    const [http, docks, mavlink, video] = [
      await freePort(),
      await freePort(),
      await freePort(),
      (await freePort()) & ~1,
    ];
    let yaml = readFileSync(join(root, "outrider.yaml"), "utf8")
      .replaceAll("data/keys/", `${folder}/keys/`)
      .replaceAll("data/city/", `${join(root, "data/city")}/`)
      .replaceAll("docs/examples/", `${join(root, "docs/examples")}/`)
      .replaceAll("bridge-limits.yaml", join(root, "bridge-limits.yaml"))
      .replaceAll("data/bridge", `${folder}/bridge`)
      .replaceAll("data/station", `${folder}/station`)
      .replaceAll("8080", String(http))
      .replaceAll("8090", String(docks))
      .replaceAll("14550", String(mavlink));
    // Video ports of the configuration count up from 5600.
    yaml = yaml.replaceAll(/\b56(\d\d)\b/g, (_, digits: string) => String(video + Number(digits)));
    yaml = options.edit?.(yaml) ?? yaml;
    for (const name of ["bridge.token", "sim.token", "demo-cad.key", "demo-shots.key", "demo-readers.key"]) {
      const path = join(folder, "keys", name);
      writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600 });
      chmodSync(path, 0o600);
    }
    writeOrderKeys(join(folder, "keys"));
    const configFile = join(folder, "outrider.yaml");
    writeFileSync(configFile, yaml);
    return new DemoRig(folder, configFile, `http://127.0.0.1:${http}`);
  }

  start(...names: readonly PartName[]): void {
    for (const name of names) {
      const child = spawn(process.execPath, [join(root, mains[name]), this.configFile], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const log = join(this.folder, `${name}.log`);
      child.stdout?.on("data", (chunk: Buffer) => appendFileSync(log, chunk));
      child.stderr?.on("data", (chunk: Buffer) => appendFileSync(log, chunk));
      child.once("exit", (code, signal) => appendFileSync(log, `[exit ${code ?? ""} ${signal ?? ""}]\n`));
      this.#parts.set(name, child);
    }
  }

  startAll(): void {
    this.start("ground-station", "drone-bridge", "sim");
  }

  /** SIGKILL: no goodbye, as a power cut would do it. */
  kill(name: PartName): void {
    this.#parts.get(name)?.kill("SIGKILL");
    this.#parts.delete(name);
  }

  isRunning(name: PartName): boolean {
    const child = this.#parts.get(name);
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  log(name: PartName): string {
    const path = join(this.folder, `${name}.log`);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  async stop(): Promise<void> {
    const children = [...this.#parts.values()];
    this.#parts.clear();
    await Promise.all(
      children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            const hard = setTimeout(() => child.kill("SIGKILL"), 3_000);
            child.once("exit", () => {
              clearTimeout(hard);
              resolve();
            });
            child.kill("SIGTERM");
          }),
      ),
    );
  }

  /** Waits for readiness as an operator's monitor would ask it. */
  async ready(withinMs = 60_000): Promise<void> {
    await until(
      `${this.base}/readyz answers 200`,
      withinMs,
      async () => (await fetch(`${this.base}/readyz`).catch(() => undefined))?.status === 200,
    );
  }
}

/** Polls a condition of the real world; the message says what never came true. */
export async function until(
  what: string,
  withinMs: number,
  test: () => boolean | Promise<boolean>,
  everyMs = 100,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`not within ${withinMs / 1000} s: ${what}`);
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
