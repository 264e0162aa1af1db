import type { OrderVerb } from "@outrider/contract";
import type { Aircraft } from "../aircraft/index.js";
import { zoomTo } from "../camera/index.js";
import type { CommandSpec } from "../command/index.js";
import { ourIds } from "../frame/index.js";
import { aimGimbal, levelGimbal, lookAt, lookAway, takeGimbal } from "../gimbal/index.js";

export function cameraCommand(act: OrderVerb): CommandSpec | undefined {
  switch (act.verb) {
    case "pointCamera":
      return lookAt(act.point, act.altAmslM);
    case "aimCamera":
      return aimGimbal(act.pitchDeg, act.yawDeg);
    case "levelCamera":
      return levelGimbal();
    case "zoomCamera":
      return zoomTo(act.hfovDeg);
    default:
      return undefined;
  }
}

/** Takes the gimbal, once per boot of the aircraft, and lets go of a place it may still be looking at. */
export function takeFirst(aircraft: Aircraft, then: () => void): void {
  const letGo = (): void => {
    aircraft.commands.run(lookAway(), then);
  };
  if (aircraft.gimbalTaken) return letGo();
  aircraft.commands.run(takeGimbal(ourIds.sysid, ourIds.compid), (outcome) => {
    aircraft.gimbalTaken = outcome.kind === "accepted";
    letGo();
  });
}
