import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { shoot } from "../browser.js";
import { check } from "../check.js";
import { saysSim } from "../says-sim.js";
import type { Scenario } from "../scenario.js";
import { leaveRtcc, onWatch, type World } from "../world.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const desks = ["pilot", "rtcc", "trainer", "supervisor", "public"] as const;
const sizes = [
  { name: "desk", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
] as const;

/** WCAG 2.2 A and AA as far as a machine can judge them: names, roles, contrast, focus, targets. */
async function violations(page: Page): Promise<readonly string[]> {
  // As the browser's own tools would: the page's content security policy lets no script in from outside.
  await page.evaluate(`${axeSource};0`);
  // The page's own axe, just put there; its type is that of the package.
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] })`,
  )) as AxeResults;
  return found.violations.map(
    ({ id, impact, nodes }) =>
      `${impact} ${id} x${nodes.length}: ${nodes
        .slice(0, 4)
        .map((node) => node.html.slice(0, 160))
        .join(" || ")}`,
  );
}

/** A page that a phone must scroll sideways hides what stands at its edge. */
const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function look(world: World, desk: (typeof desks)[number], size: (typeof sizes)[number]): Promise<string[]> {
  const { page } = world.rtcc;
  await page.setViewportSize({ width: size.width, height: size.height });
  await page.goto(`${world.rig.base}/${desk}`);
  await page.locator("h1, [role=heading], main").first().waitFor({ timeout: 25_000 });
  await page.waitForTimeout(2_500);
  check(
    (await page.getByRole("button", { name: "All four at one seat" }).count()) === 0,
    `${desk}: only the sign-in page`,
  );
  await saysSim(page, `${desk} ${size.name}`);
  await shoot(page, `30-${desk}-${size.name}`);
  const bad = (await violations(page)).map((one) => `${desk} ${size.name}: ${one}`);
  const over = await tooWide(page);
  if (over > 0) bad.push(`${desk} ${size.name}: ${over} px wider than the screen`);
  return bad;
}

/** Every desk at a desk's and at a phone's width, as assistive software and small screens meet it. */
export const accessible: Scenario = {
  name: "every desk holds WCAG 2.2 AA as far as a machine can tell, at desk and phone width",
  before: onWatch,
  run: async (world) => {
    const { page } = world.rtcc;
    await page.bringToFront();
    const all: string[] = [];
    for (const desk of desks) for (const size of sizes) all.push(...(await look(world, desk, size)));
    await page.setViewportSize({ width: 1280, height: 720 });
    await leaveRtcc(world);
    check(all.length === 0, all.join("\n"));
  },
};
