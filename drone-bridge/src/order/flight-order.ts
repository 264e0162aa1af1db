import type { GeoPoint, OrderVerb } from "@outrider/contract";
import type { AutopilotDoor } from "../autopilot/index.js";
import type { CommandSpec } from "../command/index.js";

/** The one command that a verb of flight becomes; undefined for verbs that are no single command. */
export function flightCommand(act: OrderVerb, door: AutopilotDoor, here: GeoPoint): CommandSpec | undefined {
  switch (act.verb) {
    case "startMission":
      return door.startMission();
    case "goto":
      return door.goto(act, act.speedMps);
    case "orbit":
      return door.orbit(act, act.radiusM, act.speedMps);
    case "changeHeight":
      return door.changeHeight(act.altAmslM, here);
    case "hold":
    case "releaseStick":
      return door.hold();
    case "return":
      return door.returnHome();
    case "land":
      return door.land();
    case "emergencyStop":
      return door.emergencyStop();
    default:
      return undefined;
  }
}
