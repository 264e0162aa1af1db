import { browserPath, openBrowser, shoot } from "./browser.js";
import { pause } from "./check.js";
import { endWorld, makeWorld, runNowMs } from "./world.js";

const path = browserPath();
if (path === undefined) throw new Error("no browser");
const browser = await openBrowser(path);
const t0 = Date.now();
const say = (text: string) => process.stdout.write(`${((Date.now() - t0) / 1000).toFixed(1)} ${text}\n`);
const world = await makeWorld(browser);
say("world");
try {
  say(JSON.stringify((await world.clerk.get("/aircraft")).body).slice(0, 600));
  await world.pilot.signIn("All four at one seat");
  say("signed in");
  await pause(3000);
  await shoot(world.pilot.page, "x-signed-in");
  const now = await runNowMs(world);
  say(`run off wall by ${now - Date.now()}`);
  const r = await world.reporters.send(world.reporters.call(now, { latDeg: 37.770217, lonDeg: -122.445363 }, "Haight St & Masonic Ave"));
  say(JSON.stringify(r));
  await pause(2000);
  await world.record.refresh();
  say(world.record.tail());
  await world.pilot.startWatch();
  say("on watch");
  world.pilot.stirring();
  await world.record.waitFor("LaunchProposed", () => true, 10000);
  await world.pilot.card().waitFor();
  await shoot(world.pilot.page, "x-card");
  await pause(600);
  await world.pilot.hold("Space", 1800);
  await pause(500);
  await shoot(world.pilot.page, "x-after");
  for (let i = 0; i < 20; i++) {
    await pause(1000);
    await world.record.refresh();
    say(`${world.record.facts.length} ${world.record.tail()} | ${(await world.pilot.stripText("OSPREY")).replaceAll("\n", " / ").slice(0,120)} ${JSON.stringify(await world.pilot.linkAge("OSPREY", "4f5554524944455200000000010000000000").catch((e) => String(e).slice(0, 100)))}`);
    if (i === 12) await shoot(world.pilot.page, "x-fly");
  }
} catch (error) {
  say(String(error));
  await shoot(world.pilot.page, "x-error");
} finally {
  say(world.complaints.lines.join("\n"));
  for (const p of ["ground-station", "drone-bridge", "sim"] as const) say(`${p}: ${world.rig.log(p).slice(-1500)}`);
  await endWorld(world);
  await browser.close();
}
