const ownHeight =
  "PX4's two landings differ as much from one another: over its home by its home's wandering height, over the roof by a sensor";
const noVtol = "no transition to forward flight, precision landing, parachute, gripper, winch or satellite link here";

/**
 * Lines of the comparison that are allowed to differ, by their id, each with its reason. A line that no longer differs
 * must leave this list.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  "hil-f-realtime: landing, sink from 8 to 5 m": ownHeight,
  "hil-y-roof: landing, sink from 8 to 5 m": ownHeight,
  "s1-boot-arm-takeoff: answers to commands":
    "REQUEST_MESSAGE: ours has a gimbal and tells the wind, and has no ODOMETRY, TIMESYNC stream, protocol version or component metadata",
  "s10-command-support: modes": noVtol,
  "s10-command-support: texts": noVtol,
  "s10-command-support: answers to commands": `${noVtol}; a gimbal and a camera answer instead`,
  "s5-nogps: texts":
    "PX4's receiver has no fix yet when it is switched on, and that is told once more; ours has its fix at once",
  "s5-dll: texts": "the order that ends the return comes as it reaches the pad: ours was there a moment earlier",
  "s5-bat: texts": "PX4's own battery refills after disarming and is told low on its way up",
  "s5-gps: answers to commands":
    "INJECT_FAILURE of the GNSS receiver is not answered by PX4's own simulator; over the HIL link it is, and here",
  "s5-misc: texts":
    "an injected empty battery is told again and again by PX4 after it is restored, and lands it; the loss of sticks is an EVENT there and a text here",
  "s11-takeoff-variants-offboard-home: modes":
    "take-off ordered in the air below or at the height reached: PX4 shows the mode for a heartbeat or two, ours is back in Hold at once",
};
