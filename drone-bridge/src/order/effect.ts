import type { OrderVerb } from "@outrider/contract";
import { geoBearingDeg, geoDistanceM } from "@outrider/geo";
import { lookFrom } from "../gimbal/index.js";
import { type AircraftState, inAir } from "../telemetry/index.js";

const thereM = 10;
const levelM = 3;

/** What in telemetry shows that an order took effect, in words; undefined while nothing does. An ACK never does. */
export function effectSeen(act: OrderVerb, state: AircraftState, sentMs: number): string | undefined {
  switch (act.verb) {
    case "arm":
      return state.heartbeatMs > sentMs && state.armed ? "armed" : undefined;
    case "startMission":
      return state.heartbeatMs > sentMs && state.mode === "mission" && inAir(state)
        ? "airborne on the mission"
        : undefined;
    case "goto":
      return state.positionMs > sentMs && (state.mode === "hold" || state.mode === "goto")
        ? movingTo(act, state, sentMs)
        : undefined;
    case "orbit":
      return state.mode === "orbit" && state.autopilotMs > sentMs ? "orbiting" : undefined;
    case "changeHeight":
      return state.positionMs > sentMs ? climbingTo(act.altAmslM, state) : undefined;
    case "hold":
    case "releaseStick":
      return holding(state, sentMs);
    case "return":
      return state.mode === "return" || (state.mode === "land" && inAir(state)) ? "returning" : undefined;
    case "land":
      return state.mode === "land" ? "landing" : undefined;
    case "emergencyStop":
      return state.heartbeatMs > sentMs && (state.mode === "terminated" || !state.armed) ? "motors stopped" : undefined;
    case "takeStick":
      return state.mode === "position" && state.autopilotMs > sentMs ? "flown by hand" : undefined;
    case "aimCamera":
      return aimed(state, sentMs, act.pitchDeg, act.yawDeg);
    case "levelCamera":
      return state.gimbalMs > sentMs && Math.abs(state.gimbalPitchDeg) < 3 ? "camera level" : undefined;
    case "pointCamera": {
      const { pitchDeg, azimuthDeg } = lookFrom(state, act.point, act.altAmslM);
      return aimed(state, sentMs, pitchDeg, azimuthDeg);
    }
    case "zoomCamera":
      return Math.abs(state.hfovDeg - act.hfovDeg) < Math.max(1, act.hfovDeg * 0.1) ? "zoomed" : undefined;
    case "openDock":
    case "closeDock":
    case "uploadPlan":
    case "refreshParameters":
      // Ended by the dock, the read-back and the readings themselves.
      return undefined;
  }
}

function movingTo(
  act: { point: { latDeg: number; lonDeg: number }; altAmslM: number },
  state: AircraftState,
  sentMs: number,
): string | undefined {
  const { target } = state;
  if (target !== undefined && target.tMs > sentMs && geoDistanceM(target, act.point) < thereM)
    return "its target is the place";
  if (geoDistanceM(state, act.point) < thereM) return climbingTo(act.altAmslM, state);
  const bearing = (geoBearingDeg(state, act.point) * Math.PI) / 180;
  const closingMps = state.velNorthMps * Math.cos(bearing) + state.velEastMps * Math.sin(bearing);
  return closingMps > 1 ? "moving to the place" : undefined;
}

function climbingTo(altAmslM: number, state: AircraftState): string | undefined {
  const upM = altAmslM - state.altAmslM;
  if (Math.abs(upM) < levelM) return "at the height";
  return -state.velDownMps * Math.sign(upM) > 0.3 ? "changing height" : undefined;
}

/** Standing: mode Hold alone proves nothing, since PX4 flies a goto in it. */
function holding(state: AircraftState, sentMs: number): string | undefined {
  const still = Math.hypot(state.velNorthMps, state.velEastMps) < 1 && Math.abs(state.velDownMps) < 1;
  return state.mode === "hold" && still && state.positionMs > sentMs && state.autopilotMs > sentMs
    ? "holding"
    : undefined;
}

function aimed(state: AircraftState, sentMs: number, pitchDeg: number, azimuthDeg: number): string | undefined {
  if (state.gimbalMs <= sentMs || Math.abs(state.gimbalPitchDeg - pitchDeg) > 4) return undefined;
  const off = Math.abs(((state.gimbalYawDeg - azimuthDeg + 540) % 360) - 180);
  // Looking nearly straight down, azimuth means little.
  return off < 6 || pitchDeg < -80 ? "camera on it" : undefined;
}
