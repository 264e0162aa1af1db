import { until } from "../../../rig/io/demo-rig.js";
import { shoot } from "../browser.js";
import { check, found, pause } from "../check.js";
import { flying } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import type { Seat } from "../seat.js";
import { onWatch, runNowMs, setRate, type World } from "../world.js";

async function acknowledgedOnlyQuiets(seat: Seat): Promise<void> {
  const bar = seat.alarms();
  const before = await bar.innerText();
  const unread = await bar.getByRole("button", { name: /^Acknowledge/ }).count();
  for (let n = 0; n < unread; n++) {
    await seat.page.keyboard.press("a");
    await pause(500);
  }
  await pause(600);
  const after = await bar.innerText();
  check((await bar.getByRole("button", { name: /^Acknowledge/ }).count()) < unread, "A acknowledges nothing");
  check(/bridge|link/i.test(after), `the alarm went away with its acknowledgement: "${before}" then "${after}"`);
}

async function ageGrows(world: World, callSign: string, uid: string): Promise<void> {
  const ages = await world.pilot.linkAges(callSign, uid, 11);
  const first = found(ages[0], "no age is shown");
  const second = found(ages.at(-1), "no age is shown");
  const grown = second.shownS - first.shownS;
  const really = second.wireS - first.wireS;
  // What a page that stood still could not draw is not counted against its figures.
  const stallS = Math.max(...ages.map((one) => one.stallMs)) / 1000;
  check(
    grown > 0.9 && Math.abs(grown - really) < 1.3 + 2 * stallS,
    `the link age on screen went from ${first.shownS} to ${second.shownS} in ${really.toFixed(1)} s`,
  );
  check(second.word === "link lost", `the strip says "${second.word}" after the loss`);
}

/** The radios' machine dies in flight: seen at once, told until it is over, and the aircraft brings itself home. */
export const bridgeKilled: Scenario = {
  name: "bridge killed in flight: alarm within 4 s, home by its own failsafe",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, rig, reporters } = world;
    const { uid, callSign } = await flying(world, async () =>
      reporters.call(await runNowMs(world), places.hayesAshbury, "Hayes St & Ashbury St"),
    );
    await pilot.page.bringToFront();
    await setRate(world, 1);
    await pause(1_000);
    await record.refresh();
    const fromSeq = record.lastSeq;
    const killedMs = Date.now();
    rig.kill("drone-bridge");
    await until(
      "the screen has the alarm",
      10_000,
      async () =>
        /bridge|link lost/i.test(
          await pilot
            .alarms()
            .innerText({ timeout: 500 })
            .catch(() => ""),
        ),
      50,
    );
    const tookS = (Date.now() - killedMs) / 1000;
    await pause(4_000);
    await shoot(pilot.page, "24-bridge-gone");
    await ageGrows(world, callSign, uid);
    await acknowledgedOnlyQuiets(pilot);
    await setRate(world, 4);
    await pause(6_000);
    await setRate(world, 1);
    rig.start("drone-bridge");
    await record.waitFor("BridgeBack", () => true, 20_000, fromSeq);
    await setRate(world, 4);
    await record.waitFor("Landed", (f) => f.data.uid === uid, 120_000, fromSeq);
    await setRate(world, 1);
    await shoot(pilot.page, "25-home-by-itself");
    const ours = record.all(
      "OrderIssued",
      (f) => f.data.uid === uid && ["return", "land"].includes(f.data.act.verb),
      fromSeq,
    );
    const told = record
      .all("CalledHome", (f) => f.data.uid === uid, fromSeq)
      .map((f) => f.data.why)
      .concat(
        record.all("ModeChanged", (f) => f.data.uid === uid, fromSeq).map((f) => `${f.data.mode} by ${f.data.by}`),
      );
    check(ours.length === 0, `the station sent it home; its own failsafe had to (${told.join("; ")})`);
    await until(
      "the alarm of the bridge is over",
      15_000,
      async () =>
        !/bridge is not connected|bridge is gone/i.test(
          await pilot
            .alarms()
            .innerText({ timeout: 500 })
            .catch(() => "bridge is gone"),
        ),
    );
    check(tookS <= 4, `the alarm was on screen after ${tookS.toFixed(1)} s, 4.0 are promised`);
  },
};
