import type { OrderVerb } from "@outrider/contract";
import type { Aircraft } from "../aircraft/index.js";
import { type CameraAddress, zoomTo } from "../camera/index.js";
import type { CommandSpec } from "../command/index.js";
import { ourIds } from "../frame/index.js";
import { aimGimbal, type GimbalReach, levelGimbal, lookAt, lookAway, takeGimbal } from "../gimbal/index.js";

/** `zooms`: the camera that a zoom is for. */
export function cameraCommand(act: OrderVerb, zooms: CameraAddress): CommandSpec | undefined {
  switch (act.verb) {
    case "pointCamera":
      return lookAt(act.point, act.altAmslM);
    case "aimCamera":
      return aimGimbal(act.pitchDeg, act.yawDeg);
    case "levelCamera":
      return levelGimbal();
    case "zoomCamera":
      return zoomTo(act.hfovDeg, zooms);
    default:
      return undefined;
  }
}

/** Why a gimbal cannot look there, by the reach that it tells; a degree of slack, since it is rounded and mounted askew. */
export function outOfReach(act: OrderVerb, reach: GimbalReach | undefined): string | undefined {
  if (act.verb !== "aimCamera" || reach === undefined) return undefined;
  const { pitchMinDeg, pitchMaxDeg } = reach;
  if (act.pitchDeg >= pitchMinDeg - 1 && act.pitchDeg <= pitchMaxDeg + 1) return undefined;
  return `its gimbal reaches from ${Math.round(pitchMinDeg)}° to ${Math.round(pitchMaxDeg)}°: nothing was sent`;
}

/**
 * Takes the gimbal, once per boot of the aircraft, and lets go of a place it may still be looking at. Not where it is to
 * look at another place: PX4 turns to the front when it lets go, and the picture would swing there and back.
 */
export function takeFirst(aircraft: Aircraft, act: OrderVerb, then: () => void): void {
  aircraft.services.gaze.end();
  const letGo = (): void => {
    if (act.verb === "pointCamera") then();
    else aircraft.commands.run(lookAway(), then);
  };
  if (aircraft.gimbalTaken && !aircraft.services.gimbal.lost) return letGo();
  aircraft.commands.run(takeGimbal(ourIds.sysid, ourIds.compid), (outcome) => {
    aircraft.gimbalTaken = outcome.kind === "accepted";
    letGo();
  });
}
