import type { GeoPoint, HttpRequest, HttpResponse, LaunchView } from "@outrider/contract";
import type { Station } from "@outrider/ground-station";
import { runStation } from "@outrider/ground-station/run";
import { until } from "../../rig/io/demo-rig.js";
import { SeededChance } from "../../storm/seeded-chance.js";
import { type Bench, type BenchResult, quantile, round } from "../bench.js";
import { farApart } from "../launch/far-apart.js";
import { alertRequest, postAlert } from "./alert-poster.js";
import { type LaunchSite, type OwnStation, withLaunchSite } from "./launch-site.js";

const incidents = 200;
/** More places than are needed: some lie where no aircraft may go. */
const spare = 60;
/** A p99 of fewer than a hundred is but the slowest. */
const commands = 100;
const proposalWithinMs = 4_000;
const seed = 7;

type Times = readonly number[];
const p99 = (times: Times): number => round(quantile(times, 0.99), 1);
const p50 = (times: Times): number => round(quantile(times, 0.5), 1);

const hostOf = (site: LaunchSite): string => site.base.replace("http://", "");

/** Whatever the scenario of the simulator or an earlier alert proposes is declined, so that every aircraft stays free. */
async function clearDesk(site: LaunchSite): Promise<void> {
  const open = site.pilot.launches.filter((one) => one.phase === "proposed");
  for (const launch of open) await site.pilot.decline(launch);
}

/** From the alert's first byte to its proposal on the pilot's socket: stricter than from its acceptance. */
async function propose(site: LaunchSite, title: string, point: { latDeg: number; lonDeg: number }) {
  const request = alertRequest({ title, point, tMs: site.pilot.nowMs() }, hostOf(site), site.keyHex);
  const waiting = site.pilot
    .proposal((launch) => launch.incidentTitle === title, proposalWithinMs)
    .catch(() => undefined);
  const sentMs = performance.now();
  await postAlert(site.base, request);
  const found = await waiting;
  return found === undefined ? undefined : { launch: found.launch, tookMs: found.atMs - sentMs };
}

/** Places where no aircraft may go are passed over, and counted. */
async function proposeSomewhere(site: LaunchSite, title: string, places: Iterator<GeoPoint>) {
  for (let skipped = 0; ; skipped++) {
    const next = places.next();
    if (next.done === true) throw new Error(`no place is left for ${title}; fleet: ${site.pilot.fleetText}`);
    const proposal = await propose(site, `${title}.${skipped}`, next.value);
    if (proposal !== undefined) return { ...proposal, skipped };
  }
}

async function proposals(site: LaunchSite): Promise<{ readonly times: Times; readonly skipped: number }> {
  const times: number[] = [];
  const places = farApart(incidents + spare, new SeededChance(seed)).values();
  let skipped = 0;
  while (times.length < incidents) {
    const found = await proposeSomewhere(site, `Bench call ${times.length}`, places);
    skipped += found.skipped;
    times.push(found.tookMs);
    await site.pilot.decline(found.launch);
    // An open one would draw to itself what is reported beside it later.
    await site.pilot.closeIncident(found.launch);
    await clearDesk(site);
  }
  return { times, skipped };
}

/** From the approval's first byte to the first byte of the plan, or of arming, at an aircraft's socket; then called off. */
async function approvals(
  site: LaunchSite,
  what: "plan" | "arm",
  wanted: number,
): Promise<{ readonly times: Times; readonly failed: number }> {
  const times: number[] = [];
  let failed = 0;
  const places = farApart(commands + spare, new SeededChance(seed + (what === "plan" ? 1 : 2))).values();
  while (times.length < wanted && failed < wanted) {
    await until("an aircraft is ready again", 180_000, () => site.pilot.ready > 0);
    const { launch } = await proposeSomewhere(site, `Bench ${what} ${times.length + failed}`, places);
    await until("the last plan's upload is over", 20_000, () => site.tap.quietFor(1_000));
    const heard = site.tap.next(what, 20_000).catch(() => undefined);
    const [sentMs, first] = await Promise.all([site.pilot.approve(launch).catch(() => undefined), heard]);
    if (sentMs === undefined || first === undefined) failed += 1;
    else times.push(first.atMs - sentMs);
    await site.pilot.abort(launch);
    await calledOff(site, launch);
  }
  return { times, failed };
}

const ended: ReadonlySet<LaunchView["phase"]> = new Set(["aborted", "closed", "declined", "expired", "refused"]);

async function calledOff(site: LaunchSite, launch: LaunchView): Promise<void> {
  const still = (): boolean =>
    site.pilot.launches.some((one) => one.launchId === launch.launchId && !ended.has(one.phase));
  // Closed, so that nobody is sent again; one that armed before the word came is on its way home by itself.
  await site.pilot.closeIncident(launch);
  await until("the launch is called off", 4_000, () => !still()).catch(() => undefined);
}

type Decided = { readonly times: Times; readonly cpu: Times };

/** In the station's own process: from the request below HTTP to the proposal, durable on a real disk. */
async function decisions(): Promise<Decided> {
  let station: Station | undefined;
  const own: OwnStation = async (file) => {
    const running = await runStation(file, { log: () => undefined, version: "bench" });
    station = running.station;
    return () => new Promise((resolve) => running.close(resolve));
  };
  return withLaunchSite(
    async (site) => (station === undefined ? { times: [], cpu: [] } : decideAll(site, station)),
    own,
  );
}

async function decideAll(site: LaunchSite, station: Station): Promise<Decided> {
  const times: number[] = [];
  const cpu: number[] = [];
  let proposed: (() => void) | undefined;
  station.kernel.onDurable((fact) => {
    if (fact.type === "LaunchProposed") proposed?.();
  });
  for (const [i, point] of farApart(incidents + spare, new SeededChance(seed)).entries()) {
    if (times.length === incidents) break;
    const title = `Bench call ${i}`;
    const request = alertRequest({ title, point, tMs: site.pilot.nowMs() }, hostOf(site), site.keyHex);
    const seen = site.pilot
      .proposal((launch) => launch.incidentTitle === title, proposalWithinMs)
      .catch(() => undefined);
    let decidedMs: number | undefined;
    proposed = () => {
      decidedMs = performance.now();
      spent = process.cpuUsage(before);
    };
    const before = process.cpuUsage();
    let spent = before;
    const startMs = performance.now();
    handle(station, request);
    const onScreen = await seen;
    proposed = undefined;
    if (onScreen === undefined || decidedMs === undefined) continue;
    times.push(decidedMs - startMs);
    cpu.push((spent.user + spent.system) / 1000);
    await site.pilot.decline(onScreen.launch);
    await clearDesk(site);
  }
  return { times, cpu };
}

function handle(station: Station, request: HttpRequest): void {
  station.handle(request, (response: HttpResponse) => {
    if (response.status >= 300) process.stderr.write(`alert refused: ${response.status} ${String(response.body)}\n`);
  });
}

async function run(): Promise<BenchResult> {
  const { proposal, plan, arm } = await withLaunchSite(async (site) => ({
    proposal: await proposals(site),
    plan: await approvals(site, "plan", commands),
    arm: await approvals(site, "arm", 3),
  }));
  const decide = await decisions();
  return {
    bench: "launch",
    metrics: {
      proposal_p99_ms: p99(proposal.times),
      ...(decide.times.length === incidents ? { decide_p99_ms: p99(decide.times) } : {}),
      ...(plan.times.length === commands ? { command_p99_ms: p99(plan.times) } : {}),
      ...(arm.times.length > 0 ? { arm_p99_ms: p99(arm.times) } : {}),
    },
    notes: [
      "ground-station, drone-bridge and simulator as real processes, the demonstration's city, three aircraft on pads, a pilot on a real socket",
      `proposal: ${proposal.times.length} far-apart incidents, each declined; from the first byte of the signed alert to the card on the pilot's socket, records synced to disk; p50 ${p50(proposal.times)} ms; ${proposal.skipped} places passed over where no proposal came within ${proposalWithinMs / 1000} s`,
      `decide: ${decide.times.length} of the same in the station's process, from the request to the proposal, durable; p50 ${p50(decide.times)} ms, of them CPU ${p50(decide.cpu)} ms`,
      `command: ${plan.times.length} approvals (${plan.failed} came to nothing), from the approval's first byte over the bridge's journal to the first datagram of the plan at the aircraft's UDP socket; p50 ${p50(plan.times)} ms`,
      `arm: ${arm.times.length} approvals let go on (${arm.failed} came to nothing); plans are uploaded and read back in between`,
    ],
  };
}

export const launch: Bench = { name: "launch", run };
