/** Facts of one launch that goes as it should and ends at its dock, in this order. */
export const flightSteps = [
  "LaunchProposed",
  "LaunchApproved",
  "DockOpened",
  "PlanVerified",
  "Armed",
  "Airborne",
  "EnRoute",
  "OnScene",
  "Returning",
  "Landed",
  "Docked",
  "FlightClosed",
] as const;
