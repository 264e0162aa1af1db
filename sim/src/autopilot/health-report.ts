import { eventOf } from "./event-table.js";
import { batteryLevel } from "./failsafe.js";
import { forbidsArming } from "./modes.js";
import type { Vehicle } from "./vehicle.js";

/** PX4 looks twice a second, and reports what changed at most this often. */
const lookMs = 500;
const reportMs = 2_000;
/** Sensors are read by then; before, there is nothing to report. */
const firstReportMs = 2_500;

/**
 * One check that fails, as PX4 v1.17 reports it: event, log levels, flight modes it concerns, health component.
 * `stops`: whether those modes cannot be flown, or only not be armed in, or neither.
 */
type Check = {
  readonly id: number;
  readonly logLevels: number;
  readonly modes: number;
  readonly component: number;
  readonly stops: "flying" | "arming" | "nothing";
};

const check = (id: number, logLevels: number, modes: number, component: number, stops: Check["stops"]): Check => ({
  id,
  logLevels,
  modes,
  component,
  stops,
});

const anyMode = 0xffff_ffff;
const positionModes = 0x007e_007c;
const component = {
  gps: 3,
  sticks: 7,
  battery: 11,
  links: 12,
  localPosition: 17,
  system: 20,
  globalPosition: 24,
} as const;

const checks = {
  gps: check(29_146_769, 0x44, positionModes, component.gps, "nothing"),
  terminated: check(29_532_170, 0x22, anyMode, component.system, "arming"),
  attitude: check(25_316_113, 0x22, anyMode, component.system, "arming"),
  mode: check(18_648_929, 0x66, 0x003c_3020, component.system, "arming"),
  position: check(30_612_409, 0x33, positionModes, component.localPosition, "flying"),
  globalPosition: check(26_788_467, 0x33, 0x38, component.globalPosition, "flying"),
  mission: check(17_154_777, 0x66, 0x08, component.system, "flying"),
  offboard: check(19_865_031, 0x33, 0x4000, component.system, "flying"),
  home: check(16_856_624, 0x66, 0x20, component.system, "flying"),
  sticks: check(17_231_145, 0x44, anyMode, component.sticks, "nothing"),
  link: check(23_579_003, 0x66, anyMode, component.links, "nothing"),
  linkNeeded: check(23_579_003, 0x33, anyMode, component.links, "arming"),
  batteryLow: check(21_826_980, 0x22, anyMode, component.battery, "arming"),
  batteryCritical: check(19_404_811, 0x22, anyMode, component.battery, "arming"),
  batteryEmergency: check(28_121_863, 0x00, anyMode, component.battery, "arming"),
  fence: check(16_920_235, 0x33, anyMode, component.system, "arming"),
  distance: check(20_842_799, 0x33, anyMode, component.system, "arming"),
  height: check(30_700_832, 0x33, anyMode, component.system, "arming"),
} as const;

export type HealthReport = { lookedMs: number; reportedMs: number; told: string };
export const newHealthReport = (): HealthReport => ({ lookedMs: 0, reportedMs: Number.NEGATIVE_INFINITY, told: "" });

/** Sends the block of failed checks as events whenever it has changed: a summary, each check, the summary of health. */
export function reportChecks(v: Vehicle): void {
  const { health } = v;
  if (v.tMs - v.bootMs < firstReportMs || v.tMs - health.lookedMs < lookMs) return;
  health.lookedMs = v.tMs;
  if (v.tMs - health.reportedMs < reportMs) return;
  const failing = failingChecks(v);
  const now = failing.map(({ id, logLevels }) => `${id}/${logLevels}`).join();
  if (now === health.told) return;
  health.told = now;
  health.reportedMs = v.tMs;
  v.events.send(v, armingSummary(failing));
  for (const { id, logLevels, modes, component } of failing)
    v.events.send(v, eventOf(id, logLevels, "IB", [modes, component]));
  v.events.send(v, eventOf(18_691_879, 0x88, "BIII", [0, presentParts & (v.estimate.gps.fix === 0 ? ~8 : -1), 0, 0]));
}

/** Health components that are there, as recorded. */
const presentParts = 0x3802_1c0a;
/** Modes in which a real one can be armed when nothing fails. */
const armableModes = 0x807f_7bb8;

function armingSummary(failing: readonly Check[]) {
  let [errors, warnings, arm, run] = [0, 0, armableModes, armableModes];
  for (const { logLevels, modes, component, stops } of failing) {
    const level = logLevels & 0x0f;
    if (level <= 3) errors |= 1 << component;
    else if (level === 4) warnings |= 1 << component;
    if (stops !== "nothing") arm &= ~modes;
    if (stops === "flying") run &= ~modes;
  }
  return eventOf(27_825_120, 0x88, "BIIII", [0, errors, warnings, arm, run]);
}

/** In PX4's order of looking. */
function failingChecks(v: Vehicle): readonly Check[] {
  const all: Check[] = [];
  const blind = !v.estimate.positionValid || (!v.ready && !v.armed);
  if (v.estimate.gps.fix === 0) all.push(checks.gps);
  if (v.terminated) all.push(checks.terminated);
  if (v.overTold || v.plant.truth.impactMps > 3) all.push(checks.attitude);
  if (!v.armed && forbidsArming(v.mode)) all.push(checks.mode);
  if (blind) all.push(checks.position, checks.globalPosition);
  if (v.plans.items("mission").length === 0) all.push(checks.mission);
  all.push(checks.offboard);
  if (v.home === undefined) all.push(checks.home);
  if (!v.sticksValid) all.push(checks.sticks);
  if (v.gcsLost || v.gcsSeenMs === undefined) all.push(v.params.now.NAV_DLL_ACT > 0 ? checks.linkNeeded : checks.link);
  addBattery(v, all);
  if (v.fence.breached === "fence") all.push(checks.fence);
  else if (v.fence.breached === "distance") all.push(checks.distance);
  else if (v.fence.breached !== "none") all.push(checks.height);
  return all;
}

function addBattery(v: Vehicle, all: Check[]): void {
  const level = batteryLevel(v);
  if (level === 3) all.push(checks.batteryEmergency);
  else if (level === 2) all.push(checks.batteryCritical);
  // On the ground a low battery keeps it from arming below COM_ARM_BAT_MIN alone.
  else if (v.armed ? level === 1 : v.charge < v.params.now.COM_ARM_BAT_MIN) all.push(checks.batteryLow);
}
