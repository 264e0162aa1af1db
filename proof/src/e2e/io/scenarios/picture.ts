import { until } from "../../../rig/io/demo-rig.js";
import { shoot } from "../browser.js";
import { check, found, pause } from "../check.js";
import { inAir } from "../flights.js";
import { pixels } from "../pixels.js";
import type { Scenario } from "../scenario.js";
import type { Seat } from "../seat.js";

async function readsNeedPurpose(seat: Seat): Promise<void> {
  const { page } = seat;
  await page.getByRole("button", { name: /Plate reads around here/ }).click();
  check(
    (await page.getByRole("button", { name: /^Reads within/ }).count()) === 0,
    "reads are offered without a purpose",
  );
  await page.getByRole("button", { name: "Give the purpose" }).click();
  const form = page.getByRole("form", { name: "Why look at plate reads?" });
  await form.getByLabel("Offence").selectOption("Shots fired");
  await form.getByLabel("What you look for and why").fill("check");
  await form.getByRole("button", { name: "Look, on the record" }).click();
  await form.getByRole("alert").waitFor({ timeout: 20_000 });
  await form.getByLabel("What you look for and why").fill("Car that left the scene fast after the shots");
  await form.getByRole("button", { name: "Look, on the record" }).click();
  await page.getByRole("button", { name: /^Reads within/ }).click({ timeout: 20_000 });
  await page.getByText(/looked up|Nothing was read/).waitFor({ timeout: 20_000 });
}

/** The crime center sees the flight's picture move, knows its age, and looks at plate reads only for a reason. */
export const picture: Scenario = {
  name: "the crime center's picture lives, and plate reads need a purpose",
  run: async (world) => {
    const { rtcc, record } = world;
    const { callSign } = found(await inAir(world), "nothing is in the air");
    await rtcc.page.bringToFront();
    await rtcc.page.goto(`${world.rig.base}/rtcc`);
    const label = `Picture of ${callSign}`;
    const head = rtcc.page.getByRole("figure", { name: label });
    const age = /(?:Live|late)\s*([\d.]+)\s*s/;
    await until(`the picture of ${callSign} is shown with its age`, 40_000, async () =>
      age.test(
        await head
          .first()
          .innerText({ timeout: 2_000 })
          .catch(() => ""),
      ),
    );
    const first = await pixels(rtcc, label);
    await shoot(rtcc.page, "09-rtcc");
    await pause(1_500);
    const second = await pixels(rtcc, label);
    check(first.spread > 10, `the picture is one flat colour (mean ${first.mean}, spread ${first.spread})`);
    check(first.sum !== second.sum, "the picture did not change in 1.5 s although the aircraft circles");
    const state = await head.first().innerText();
    const ageS = Number(age.exec(state)?.[1]);
    check(ageS >= 0, `the picture's age is not told: ${state}`);
    check(ageS < 1 || !/Live/.test(state), `a picture ${ageS} s old is called live: ${state}`);
    const row = rtcc.page.getByRole("region", { name: "Cameras that see the place" });
    const words = await row.innerText();
    check(
      /[1-9]\d* cameras? sees? this place|[1-9]\d* could turn to it/.test(words),
      `no camera for the incident: ${words}`,
    );
    await readsNeedPurpose(rtcc);
    await record.waitFor("PurposeGiven", () => true, 5_000);
    await record.waitFor("SearchMade", () => true, 5_000);
    await shoot(rtcc.page, "10-rtcc-reads");
    await world.pilot.page.bringToFront();
  },
};
