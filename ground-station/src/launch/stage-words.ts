import type { Launch, StageKind } from "./launch.js";

const words: Readonly<Record<StageKind, string>> = {
  proposed: "proposed",
  approved: "approved",
  openingDock: "approved, and its dock opens",
  dockOpen: "approved, and its dock is open",
  uploading: "approved, and its plan is being uploaded",
  planReady: "approved, and its plan is aboard",
  arming: "arming",
  armed: "armed",
  starting: "taking off",
  climbing: "climbing",
  enRoute: "on its way",
  onScene: "at the scene",
  returning: "on its way home",
  landed: "landed",
  docked: "back in its dock",
  closed: "closed",
  declined: "refused by a pilot",
  expired: "over: nobody decided in time",
  refused: "off",
  aborted: "stopped",
};

/** What became of a launch, after "This launch is already". Who decided is named where it was a person's decision. */
export function stageWords({ stage, picName }: Launch): string {
  const said = words[stage.kind];
  return "approval" in stage && stage.approval.by.kind === "person" ? `${said} (${picName})` : said;
}
