import { type AnyMessageInit, MavAutopilot, MavModeFlag, MavState, MavType } from "@outrider/mavlink";

/** What keeps an aircraft from coming home by itself. */
export const ourHeartbeat: AnyMessageInit = {
  name: "HEARTBEAT",
  type: MavType.GCS,
  autopilot: MavAutopilot.INVALID,
  baseMode: MavModeFlag.CUSTOM_MODE_ENABLED,
  customMode: 0,
  systemStatus: MavState.ACTIVE,
  mavlinkVersion: 3,
};
