import { MavCmd } from "@outrider/mavlink";
import { type AutopilotDoor, e7, moving } from "./door.js";

type Target = Parameters<AutopilotDoor["goto"]>[0];

/** x, y and z of a COMMAND_INT, heights AMSL (MAVLink common, MAV_CMD_DO_REPOSITION, MAV_CMD_DO_ORBIT). */
const placeOf = ({ point, altAmslM }: Target) => [e7(point.latDeg), e7(point.lonDeg), altAmslM] as const;

/** Bit 0 of param2 leaves the present mode: without it PX4 answers UNSUPPORTED outside Hold. Yaw is the autopilot's. */
export const goToPlace: AutopilotDoor["goto"] = (target, speedMps) =>
  moving("go to", MavCmd.DO_REPOSITION, "int", [speedMps, 1, 0, Number.NaN, ...placeOf(target)]);

export const orbitPlace: AutopilotDoor["orbit"] = (target, radiusM, speedMps) =>
  moving("orbit", MavCmd.DO_ORBIT, "int", [radiusM, speedMps, 0, Number.NaN, ...placeOf(target)]);
