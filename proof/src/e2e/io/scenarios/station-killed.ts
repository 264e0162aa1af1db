import { until } from "../../../rig/io/demo-rig.js";
import { shoot } from "../browser.js";
import { check } from "../check.js";
import { flying } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import { onWatch, runNowMs, type World } from "../world.js";

type Shown = { readonly welcomeMs: number; readonly rooms: readonly string[]; readonly freshMs: number };

/** When the page heard a welcome, has every room it had, and new positions, all after this moment. */
async function shownSince(world: World, sinceWallMs: number, rooms: readonly string[]): Promise<Shown | undefined> {
  const tap = await world.pilot.tap();
  const back = rooms.filter((room) => (tap.roomsSeen[room] ?? 0) > sinceWallMs);
  const fresh = await world.pilot.page.evaluate((since) => {
    const offset = Date.now() - performance.now();
    const row = window.outriderTap?.rows.find((one) => one.atMs + offset > since && one.linkAgeMs < 1_500);
    return row === undefined ? 0 : row.atMs + offset;
  }, sinceWallMs);
  if (tap.lastWelcomeWallMs < sinceWallMs || back.length < rooms.length || fresh === 0) return undefined;
  return { welcomeMs: tap.lastWelcomeWallMs, rooms: back, freshMs: fresh };
}

/** The station dies without a word while an aircraft flies, and comes back: nothing is lost and nothing turned round. */
export const stationKilled: Scenario = {
  name: "ground-station killed in flight: it flies on, the record is whole, screens are back within 5 s",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, rig, reporters } = world;
    const { uid, callSign } = await flying(world, async () =>
      reporters.call(await runNowMs(world), places.hayesAshbury, "Hayes St & Ashbury St"),
    );
    await pilot.page.bringToFront();
    await record.refresh();
    const before = record.facts.map((f) => f.id);
    const lastSeq = record.lastSeq;
    const rooms = Object.keys((await pilot.tap()).roomsSeen).filter((room) => !/^(incident|camera):/.test(room));
    const killed = Date.now();
    rig.kill("ground-station");
    // Nothing slow may stand in between: after 20 s without a station the bridge rightly lets aircraft come home.
    let alarm = "";
    await until("the page says that the server is gone", 6_000, async () => {
      alarm = await pilot
        .alarms()
        .innerText({ timeout: 4_000 })
        .catch(() => "nothing: the page did not answer for 4 s");
      return /no contact with the server/i.test(alarm);
    }).catch(() => undefined);
    const spawned = Date.now();
    rig.start("ground-station");
    await shoot(pilot.page, "22-server-gone");
    let back: Shown | undefined;
    await until(
      "the page has every room and fresh positions again",
      20_000,
      async () => {
        back = await shownSince(world, spawned, rooms).catch(() => undefined);
        return back !== undefined;
      },
      50,
    );
    const tookS = (Math.max(back?.welcomeMs ?? 0, back?.freshMs ?? 0) - spawned) / 1000;
    const outS = ((back?.welcomeMs ?? Date.now()) - killed) / 1000;
    await shoot(pilot.page, "23-server-back");
    check(/no contact with the server/i.test(alarm), `the page does not say that the server is gone: ${alarm}`);
    check(outS < 18, `too slow a machine to tell: the station was away ${outS.toFixed(0)} s, the grace is 20 s`);
    const whole = await record.anew();
    const ids = new Set(whole.map((f) => f.id));
    const lost = before.filter((id) => !ids.has(id));
    check(lost.length === 0, `${lost.length} of ${before.length} earlier facts are not in the record any more`);
    check(
      whole.every((f, i) => f.seq === i + 1),
      "the record has a gap",
    );
    const since = whole.filter((f) => f.seq > lastSeq && "uid" in f.data && f.data.uid === uid);
    const turned = since.filter((f) => ["FailsafeSeen", "Returning", "CalledHome", "Landed"].includes(f.type));
    check(turned.length === 0, `${callSign} did not fly on: ${turned.map((f) => f.type).join(" ")}`);
    check((await pilot.stripText(callSign)) !== "", `${callSign} is no longer on screen`);
    check(tookS <= 5, `screens were back after ${tookS.toFixed(1)} s, 5 are promised`);
  },
};
