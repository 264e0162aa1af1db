import { pointAt } from "./gimbal.js";
import { setMode } from "./mode-switch.js";
import { type PlanItem, planCommand } from "./plan-store.js";
import { cruiseMps, flyTo, runLand } from "./steering.js";
import { runTakeoff } from "./takeoff.js";
import { severity, type Vehicle } from "./vehicle.js";
import { wish } from "./wish.js";

/** Height AMSL of a plan item: frames 3 and 6 count from home, 0 and 5 are AMSL. */
export function itemAltAmslM(v: Vehicle, item: PlanItem): number {
  return item.frame === 3 || item.frame === 6 ? item.z + (v.home?.altAmslM ?? 0) : item.z;
}

/** Starts or resumes the mission at its present item. */
export function startMission(v: Vehicle): void {
  const { mission } = v.guidance;
  mission.state = "active";
  mission.itemStarted = false;
  v.say(severity.info, "Executing Mission", true);
  const first = v.plans.items("mission")[mission.seq];
  const here = v.estimate.altAmslM - (v.home?.altAmslM ?? v.estimate.altAmslM);
  const above = first === undefined ? here : itemAltAmslM(v, first) - (v.home?.altAmslM ?? 0);
  const climb = first !== undefined && positional(first.command) ? above : here;
  v.say(severity.info, `Climb to ${climb.toFixed(1)} meters above home`, true);
}

function positional(command: number): boolean {
  return (
    command === planCommand.waypoint ||
    command === planCommand.takeoff ||
    command === planCommand.loiterTime ||
    command === planCommand.loiterUnlim
  );
}

/** One tick of AUTO.MISSION: executes the present item and moves on when it is done. */
export function runMission(v: Vehicle, dtS: number): void {
  const { mission } = v.guidance;
  const items = v.plans.items("mission");
  for (let passed = 0; passed < 8; passed++) {
    const item = items[mission.seq];
    if (item === undefined) {
      finish(v, items.length);
      return;
    }
    if (!mission.itemStarted) {
      mission.itemStarted = true;
      mission.itemSinceMs = v.tMs;
      if (item.command === planCommand.takeoff) prepareTakeoff(v, item);
    }
    if (!runItem(v, item, dtS)) return;
    if (item.command !== planCommand.loiterTime && !passedInFlight(items[mission.seq + 1])) {
      mission.reachedSeq = mission.seq;
      mission.reachedAtMs = v.tMs;
      v.emit({ name: "MISSION_ITEM_REACHED", seq: mission.seq });
    }
    mission.seq++;
    mission.itemStarted = false;
  }
}

/** Items that are done at once: PX4 reports the last of a run of them, and not the place before them. */
function passedInFlight(item: PlanItem | undefined): boolean {
  if (item === undefined || positional(item.command)) return false;
  const { delay, land, returnToLaunch } = planCommand;
  return item.command !== delay && item.command !== land && item.command !== returnToLaunch;
}

function prepareTakeoff(v: Vehicle, item: PlanItem): void {
  const { estimate: e, plant } = v;
  const lifted = v.landed !== "onGround";
  v.guidance.takeoff = {
    altAmslM: itemAltAmslM(v, item),
    northM: e.northM,
    eastM: e.eastM,
    startedMs: v.tMs,
    groundAmslM: lifted ? plant.truth.groundAmslM : e.altAmslM,
    lifted,
  };
}

/** True when the item is done. */
function runItem(v: Vehicle, item: PlanItem, dtS: number): boolean {
  const { mission } = v.guidance;
  switch (item.command) {
    case planCommand.takeoff:
      if (!runTakeoff(v, dtS)) return false;
      v.landed = "inAir";
      return true;
    case planCommand.waypoint:
    case planCommand.loiterUnlim:
    case planCommand.loiterTime: {
      const done = flyItem(v, item, dtS);
      if (item.command === planCommand.loiterUnlim) return false;
      const stayMs = item.param1 * 1000;
      if (!done) mission.itemSinceMs = v.tMs;
      return done && v.tMs - mission.itemSinceMs >= stayMs;
    }
    case planCommand.delay:
      flyItemHold(v, dtS);
      return v.tMs - mission.itemSinceMs >= item.param1 * 1000;
    case planCommand.land:
      v.guidance.land = v.plans.placeOf(v, item);
      if (v.landed === "inAir") v.landed = "landing";
      runLand(v, dtS);
      return false;
    case planCommand.returnToLaunch:
      mission.seq = v.plans.items("mission").length;
      finish(v, mission.seq);
      v.say(severity.info, "Returning to launch", true);
      setMode(v, "rtl");
      return false;
    case planCommand.changeSpeed:
      mission.speedMps = item.param2 > 0 ? item.param2 : undefined;
      return true;
    case planCommand.setRoi: {
      const at = v.plans.placeOf(v, item);
      pointAt(v, at.northM, at.eastM, itemAltAmslM(v, item));
      return true;
    }
    default:
      return true;
  }
}

function flyItem(v: Vehicle, item: PlanItem, dtS: number): boolean {
  const at = v.plans.placeOf(v, item);
  const altAmslM = itemAltAmslM(v, item);
  const speed = Math.min(v.guidance.mission.speedMps ?? cruiseMps(v), v.params.now.MPC_XY_VEL_MAX);
  const yawRad = Number.isFinite(item.param4) ? (item.param4 * Math.PI) / 180 : undefined;
  v.guidance.hold = { ...at, altAmslM, yawRad };
  flyTo(v, v.guidance.hold, speed, dtS);
  const missM = Math.hypot(v.estimate.northM - at.northM, v.estimate.eastM - at.eastM);
  return (
    missM < v.params.now.NAV_ACC_RAD && Math.abs(v.estimate.altAmslM - altAmslM) < v.params.now.NAV_MC_ALT_RAD + 0.4
  );
}

function flyItemHold(v: Vehicle, dtS: number): void {
  flyTo(v, v.guidance.hold, cruiseMps(v), dtS);
}

function finish(v: Vehicle, count: number): void {
  const { mission, hold } = v.guidance;
  if (mission.state === "active") {
    mission.state = "complete";
    mission.reachedSeq = count - 1;
    mission.reachedAtMs = v.tMs;
    v.say(severity.info, "Mission finished, loitering", true);
    v.emit({ name: "MISSION_ITEM_REACHED", seq: Math.max(0, count - 1) });
  }
  mission.seq = Math.max(0, count - 1);
  if (v.mode === "mission") {
    v.mode = "loiter";
    wish(v, "loiter");
    v.guidance.braking = hold.altAmslM === 0;
  }
}
