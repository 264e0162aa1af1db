import type { Page } from "playwright-core";
import { until } from "../../../rig/io/demo-rig.js";
import { openContext, shoot } from "../browser.js";
import { check } from "../check.js";
import { saysSim } from "../says-sim.js";
import type { Scenario } from "../scenario.js";
import { leaveRtcc, type World } from "../world.js";

const unit = "3A21";
const sentence = "Silver sedan left west on Haight Street.";

async function makeLink(world: World): Promise<string> {
  const { page } = world.rtcc;
  await page.getByRole("button", { name: /Officer.s link/ }).click();
  await page.getByLabel(/Unit for the link/).fill(unit);
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel(`Link for ${unit}`).inputValue({ timeout: 20_000 });
  check(
    /\/(o|officer)#[\w-]{20,}$/.test(link),
    `the link keeps its secret somewhere else than after the #: ${link.slice(0, 40)}`,
  );
  return link;
}

async function advise(world: World): Promise<void> {
  const { page } = world.rtcc;
  await page.getByLabel("What the officers are told").fill(sentence);
  await page.getByLabel(/^Units, for example/).fill(unit);
  await page.getByRole("button", { name: new RegExp(`^Send to ${unit}`) }).click();
}

async function acknowledge(world: World, phone: Page): Promise<void> {
  await phone.getByText(sentence).waitFor({ timeout: 25_000 });
  await shoot(phone, "12-officer-told");
  await phone.getByRole("button", { name: `Got it, ${unit}` }).tap();
  await world.record.waitFor("AdviceAcknowledged", (f) => f.data.unit === unit, 10_000);
  await world.rtcc.page
    .getByRole("region", { name: "Told before" })
    .getByText(/read .*ago/)
    .waitFor({ timeout: 20_000 });
}

/** An officer's phone: a link, a tap, one incident, a sentence that is read, and the desk that knows it. */
export const officer: Scenario = {
  name: "an officer opens the link, is told, and the desk sees that it was read",
  run: async (world) => {
    const { rtcc, record, rig, browser, complaints } = world;
    await rtcc.page.bringToFront();
    if (!rtcc.page.url().endsWith("/rtcc")) await rtcc.page.goto(`${rig.base}/rtcc`);
    const link = await makeLink(world);
    const context = await openContext(browser, complaints, { width: 390, height: 844, mobile: true });
    try {
      const phone = await context.newPage();
      await phone.goto(link);
      await phone.getByRole("button", { name: "Open it" }).waitFor({ timeout: 25_000 });
      await saysSim(phone, "an officer's link before it is opened");
      check(record.all("OfficerLinkOpened", () => true).length === 0, "the link was redeemed without a tap");
      await phone.getByRole("button", { name: "Open it" }).tap();
      await record.waitFor("OfficerLinkOpened", (f) => f.data.unit === unit, 10_000);
      await phone
        .getByText(/Shots fired/)
        .first()
        .waitFor({ timeout: 25_000 });
      check(!phone.url().includes("#"), "the secret stays in the address bar");
      await saysSim(phone, "an officer's link");
      await shoot(phone, "11-officer");
      await advise(world);
      await record.waitFor("OfficerAdvised", (f) => f.data.units.includes(unit), 10_000);
      await acknowledge(world, phone);
      await shoot(rtcc.page, "13-desk-read");
      const again = await context.browser()?.newContext();
      const other = await again?.newPage();
      await other?.goto(link);
      await other?.getByRole("button", { name: "Open it" }).click({ timeout: 25_000 });
      await other
        ?.getByText(/opened|another device|elsewhere/i)
        .first()
        .waitFor({ timeout: 20_000 });
      await again?.close();
    } finally {
      await context.close();
      await leaveRtcc(world);
    }
  },
};

/** The public's page answers without a login. */
export const publicPage: Scenario = {
  name: "the public page answers without a login",
  run: async (world) => {
    const flights = await fetch(`${world.rig.base}/api/v1/public/flights`);
    check(flights.status === 200, `/public/flights answers ${flights.status}`);
    const context = await openContext(world.browser, world.complaints, { width: 1000, height: 800 });
    try {
      const page = await context.newPage();
      await page.goto(`${world.rig.base}/public`);
      await until("the public page says what it is", 15_000, async () =>
        /drone|flight/i.test(
          await page
            .locator("h1")
            .first()
            .innerText({ timeout: 1_000 })
            .catch(() => ""),
        ),
      );
      const text = await page.locator("body").innerText();
      await shoot(page, "14-public");
      check(!/Sign in|Take a seat/.test(text), "the public page asks for a login");
    } finally {
      await context.close();
      await world.pilot.page.bringToFront();
    }
  },
};
