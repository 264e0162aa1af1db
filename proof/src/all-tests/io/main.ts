import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** `npm test`: everything, in the order of cost, with true counts at the end. */
type Counts = { passed: number; failed: number; skipped: number };

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const out = join(root, "out");
mkdirSync(out, { recursive: true });

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Recordings of a real PX4, where they lie beside the repository; the tests that want them say so when they do not. */
const recordings = join(root, "../shared/reference/px4/captures");
if (existsSync(recordings)) process.env["OUTRIDER_PX4_RECORDINGS"] ??= recordings;

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  const started = Date.now();
  const result = spawnSync(process.execPath, [...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  say(`  (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return result.status === 0;
}

/** Beside others: each is one process on one core. */
function runBeside(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}

const one = (ok: boolean): Counts => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, counts) => total + counts.passed, 0),
  failed: all.reduce((total, counts) => total + counts.failed, 0),
  skipped: all.reduce((total, counts) => total + counts.skipped, 0),
});

/** Every scenario but the demonstration's, which has no end and expects nothing. */
const library = (): readonly string[] =>
  readdirSync(join(root, "sim/scenarios"))
    .filter((name) => name.endsWith(".yaml") && name !== "demo.yaml")
    .map((name) => join(root, "sim/scenarios", name));

function vitest(project: string): Counts {
  const file = join(out, `vitest-${project}.json`);
  const ok = run([
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--project",
    project,
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    numFailedTestSuites: number;
  } = JSON.parse(readFileSync(file, "utf8"));
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  // A file that cannot even be loaded counts no test: it must not pass for that.
  if (!ok && counts.failed === 0) counts.failed = Math.max(1, report.numFailedTestSuites);
  return counts;
}

/** Where a browser is, or undefined: the screens' tests are then left out and said so. */
function chromium(): string | undefined {
  const candidates = [
    process.env["CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}

function e2e(leftOut: string[]): Counts {
  const browser = chromium();
  if (browser === undefined) {
    leftOut.push("the screens in a browser (npm run e2e): no Chromium found; install one or set CHROMIUM to its path");
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const file = join(out, "e2e.json");
  const drive = (): boolean => run([join(root, "proof/dist/e2e/io/main.js"), "--report", file], { CHROMIUM: browser });
  let ok = drive();
  if (!ok) {
    // Real processes and a software-drawn page on a busy machine: once more, and said so. The second run counts.
    say("The screens failed once; they are driven a second time, and that run counts.");
    leftOut.push("nothing, but the screens needed a second run: see the first one's output above");
    ok = drive();
  }
  if (!existsSync(file)) return one(ok);
  const counts: Counts = JSON.parse(readFileSync(file, "utf8"));
  return !ok && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const leftOut: string[] = [];
const steps: readonly (readonly [string, () => Counts | Promise<Counts>])[] = [
  ["Lint and format", () => one(run([join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "."]))],
  ["Unit tests", () => vitest("unit")],
  ["Tests with processes and sockets", () => vitest("int")],
  ["Prove: every reachable state of the deciders", () => one(run([join(root, "proof/dist/prove/io/main.js")]))],
  [
    "Fuzz: frames beside the bridge's services, a minute each",
    async () => {
      const fuzz = join(root, "proof/dist/fuzz/io/main.js");
      const ok = await Promise.all(["frame", "services"].map((name) => runBeside([fuzz, name, "--seconds", "60"])));
      return sum(ok.map(one));
    },
  ],
  [
    "Scenarios: the trainers' library without a screen",
    () => one(run([join(root, "proof/dist/scenario/io/main.js"), ...library(), "--seed", "1"])),
  ],
  [
    "Soak: 20 aircraft at 50 Hz through the real bridge, a minute",
    () => one(run([join(root, "proof/dist/soak/io/main.js"), "--seconds", "60"])),
  ],
  [
    "Storm: whole fleets under faults",
    () => one(run([join(root, "proof/dist/storm/io/main.js"), "--seeds", "100", "--minutes", "20"])),
  ],
  ["Screens in a browser", () => e2e(leftOut)],
];

const only = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of steps) {
  if (only.length > 0 && !only.some((word) => name.toLowerCase().includes(word.toLowerCase()))) continue;
  say(`\n== ${name}`);
  const counts = await step();
  say(`== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
for (const reason of leftOut) say(`Left out: ${reason}`);
say("");
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
