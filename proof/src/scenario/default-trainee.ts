import type { TraineeLine } from "@outrider/sim";

/** What a steady trainee does where a scenario says nothing: decide, tell, come home, close. */
export const defaultTrainee: readonly TraineeLine[] = [
  { when: { fact: "LaunchProposed" }, afterS: 6, act: { do: "approve" } },
  {
    when: { fact: "CameraOnTarget" },
    afterS: 15,
    act: { do: "advise", text: "Camera is on the scene.", units: ["Unit 12"] },
  },
  { when: { fact: "HitFound" }, afterS: 10, act: { do: "verify", verdict: "same" } },
  { when: { fact: "AlarmRaised" }, afterS: 4, act: { do: "acknowledgeAlarms" } },
  { when: { fact: "OnScene" }, afterS: 60, act: { do: "return" } },
  {
    when: { fact: "Docked" },
    afterS: 5,
    act: { do: "closeFlight", purpose: "Response to a call", category: "response" },
  },
];
