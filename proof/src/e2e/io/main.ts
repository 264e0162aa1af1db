import { writeFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { browserPath, type Complaints, openBrowser, shoot } from "./browser.js";
import type { Scenario } from "./scenario.js";
import { accessible } from "./scenarios/accessible.js";
import { ages } from "./scenarios/ages.js";
import { approve } from "./scenarios/approve.js";
import { badInput } from "./scenarios/bad-input.js";
import { bridgeKilled } from "./scenarios/bridge-killed.js";
import { noComplaints } from "./scenarios/complaints.js";
import { heat } from "./scenarios/heat.js";
import { homeward } from "./scenarios/homeward.js";
import { linkCut } from "./scenarios/link-cut.js";
import { merged } from "./scenarios/merged.js";
import { nobodyOnWatch } from "./scenarios/nobody-on-watch.js";
import { officer, publicPage } from "./scenarios/officer.js";
import { picture } from "./scenarios/picture.js";
import { stationKilled } from "./scenarios/station-killed.js";
import { trainer } from "./scenarios/trainer.js";
import { vetoElapses, vetoRefused } from "./scenarios/veto.js";
import { endWorld, makeWorld, setRate, type World } from "./world.js";

type Counts = { passed: number; failed: number; skipped: number };

/** `npm run e2e [-- --report FILE] [-- --only WORDS]`: the demonstration's real processes and a real browser. */
const groups: readonly (readonly Scenario[])[] = [
  [badInput, nobodyOnWatch, approve, ages, linkCut, picture, heat, officer, homeward, trainer],
  [vetoRefused, merged, vetoElapses, stationKilled, bridgeKilled, publicPage, accessible, noComplaints],
];

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const secondsSince = (startMs: number): string => ((Date.now() - startMs) / 1000).toFixed(1);

async function runOne(world: World, scenario: Scenario): Promise<boolean> {
  const startMs = Date.now();
  try {
    await scenario.before?.(world);
    await scenario.run(world);
    say(`ok ${scenario.name} (${secondsSince(startMs)})`);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`FAILED ${scenario.name}: ${why.replaceAll(/\s*\n\s*/g, " | ").slice(0, 3_000)} (${secondsSince(startMs)})`);
    const file = `failed-${scenario.name.replace(/\W+/g, "-").slice(0, 40)}`;
    say(`  screens: ${await shoot(world.pilot.page, file)} ${await shoot(world.rtcc.page, `${file}-rtcc`)}`);
    for (const part of ["ground-station", "drone-bridge", "sim"] as const)
      say(
        world.rig
          .log(part)
          .trimEnd()
          .split("\n")
          .slice(-4)
          .map((line) => `  ${part}: ${line.slice(0, 400)}`)
          .join("\n"),
      );
    await setRate(world, 1).catch(() => undefined);
    return false;
  }
}

/** Scenarios of one group share a demonstration, so that a fault of one group does not hide what another would find. */
async function runGroup(
  browser: Browser,
  complaints: Complaints,
  group: readonly Scenario[],
  counts: Counts,
): Promise<void> {
  const world = await makeWorld(browser, complaints);
  try {
    for (const scenario of group) {
      if (!world.rig.isRunning("ground-station") || !world.rig.isRunning("sim"))
        throw new Error("a part of the demonstration ended by itself or was ended from outside");
      if (await runOne(world, scenario)) counts.passed++;
      else counts.failed++;
    }
  } finally {
    await endWorld(world);
  }
}

async function runAll(executable: string): Promise<Counts> {
  const only = option("--only")?.toLowerCase();
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const complaints: Complaints = { lines: [] };
  const browser = await openBrowser(executable);
  try {
    for (const group of groups) {
      const chosen = group.filter((one) => only === undefined || one.name.toLowerCase().includes(only));
      if (chosen.length === 0) continue;
      await runGroup(browser, complaints, chosen, counts).catch((error: unknown) => {
        say(`FAILED the demonstration: ${error instanceof Error ? error.message : String(error)}`);
        counts.failed++;
      });
    }
  } finally {
    await browser.close();
  }
  return counts;
}

// An interrupted run ends its processes too: the rig listens for this process's exit.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const startMs = Date.now();
const executable = browserPath();
const counts =
  executable === undefined ? { passed: 0, failed: 0, skipped: groups.flat().length } : await runAll(executable);
if (executable === undefined) say("Left out: no Chromium found; install one or set CHROMIUM to its path.");
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${secondsSince(startMs)} s)`);
const report = option("--report");
if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
