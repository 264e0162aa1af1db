import { until } from "../../../rig/io/demo-rig.js";
import { shoot } from "../browser.js";
import { check, found, pause } from "../check.js";
import { flying, inAir } from "../flights.js";
import { difference, type Pixels, pixels } from "../pixels.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import type { Seat } from "../seat.js";
import { leaveRtcc, onWatch, runNowMs } from "../world.js";

const age = /(?:Live|late)\s*([\d.]+)\s*s/;

/** What the frame around a picture says, once it says that the picture lives and how old it is. */
async function alive(seat: Seat, figure: string, withinMs: number): Promise<string> {
  const head = seat.page.getByRole("figure", { name: figure, exact: true }).first();
  let said = "";
  await until(`"${figure}" is shown with its age (it says "${said}")`, withinMs, async () => {
    said = await head.innerText({ timeout: 1_000 }).catch(() => "");
    return age.test(said);
  });
  return said;
}

/** A canvas is there before its first picture is: black and flat until then. */
async function firstPicture(seat: Seat, label: string): Promise<Pixels> {
  let seen: Pixels | undefined;
  await until(`"${label}" shows more than one flat colour`, 8_000, async () => {
    seen = await pixels(seat, label).catch(() => undefined);
    return seen !== undefined && seen.spread > 10;
  });
  return found(seen, "no picture");
}

/** I turns light into heat, which lives, moves and is grey, and I again into light. */
async function thereAndBack(seat: Seat, callSign: string, labels: { light: string; heat: string }): Promise<void> {
  const { page } = seat;
  await alive(seat, `Picture of ${callSign}`, 20_000);
  const light = await firstPicture(seat, labels.light);
  await page.keyboard.press("i");
  const said = await alive(seat, `Heat picture of ${callSign}`, 10_000);
  check(/heat, white is hot/.test(said), `heat is not named as heat: ${said}`);
  check(said.includes(callSign), `heat does not say whose it is: ${said}`);
  check(Number(age.exec(said)?.[1]) < 3, `heat is old: ${said}`);
  const heat = await firstPicture(seat, labels.heat);
  await shoot(page, `11-heat-${labels.heat.startsWith("Live") ? "pilot" : "rtcc"}`);
  await pause(1_200);
  const later = await pixels(seat, labels.heat);
  check(heat.sum !== later.sum, "the heat picture did not change in 1.2 s although the aircraft moves");
  check(heat.colour < 12, `heat has colours (${heat.colour.toFixed(1)}): is it the visible picture?`);
  check(light.colour > 2 * heat.colour, `light (${light.colour.toFixed(1)}) is as grey as heat`);
  const off = difference(light, heat);
  check(off > 25, `heat and light show nearly the same (${off.toFixed(0)} of 765)`);
  await page.keyboard.press("i");
  await alive(seat, `Picture of ${callSign}`, 8_000);
  const again = await firstPicture(seat, labels.light);
  check(again.colour > 2 * heat.colour, "after I again it is not light");
  check(
    (await page.getByRole("figure", { name: `Heat picture of ${callSign}`, exact: true }).count()) === 0,
    "heat is still on screen beside light",
  );
}

/** Both desks see heat by one key, each for itself. */
export const heat: Scenario = {
  name: "heat: key I shows the thermal picture on both desks, named and with its age, and light again",
  before: async (world) => {
    await onWatch(world);
    await flying(world, async () =>
      world.reporters.call(await runNowMs(world), places.haightMasonic, "Haight St & Masonic Ave"),
    );
  },
  run: async (world) => {
    const { pilot, rtcc } = world;
    const { callSign } = found(await inAir(world), "nothing is in the air");
    await rtcc.page.bringToFront();
    if (!rtcc.page.url().endsWith("/rtcc")) await rtcc.page.goto(`${world.rig.base}/rtcc`);
    const names = { light: `Picture of ${callSign}`, heat: `Heat picture of ${callSign}` };
    await thereAndBack(rtcc, callSign, names);
    await leaveRtcc(world);
    const live = { light: `Live picture of ${callSign}`, heat: `Live heat picture of ${callSign}` };
    await thereAndBack(pilot, callSign, live);
  },
};
