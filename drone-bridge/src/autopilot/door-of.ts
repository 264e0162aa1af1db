import { MavAutopilot } from "@outrider/mavlink";
import { ardupilot } from "./ardupilot.js";
import type { AutopilotDoor } from "./door.js";
import { px4 } from "./px4.js";

/** Door for HEARTBEAT.autopilot. An unknown family is watched like PX4's wire and never ordered. */
export function doorOf(autopilot: number): AutopilotDoor {
  switch (autopilot) {
    case MavAutopilot.PX4:
      return px4;
    case MavAutopilot.ARDUPILOTMEGA:
      return ardupilot;
    default:
      return { ...px4, kind: "other", modeOf: () => "unknown", modeName: (mode) => `MODE_${mode}` };
  }
}
