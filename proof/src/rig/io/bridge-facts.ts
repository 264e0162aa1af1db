import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DemoRig } from "./demo-rig.js";

export type BridgeFact = {
  readonly kind: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** Facts of the bridge's own journal, as they lie on the disk: told whatever the station does. */
export function bridgeFacts(rig: DemoRig, type?: string): BridgeFact[] {
  return (
    readFileSync(join(rig.folder, "bridge/journal.ndjson"), "utf8")
      .split("\n")
      .filter((line) => line.endsWith("}"))
      // The journal's own format: one record a line; what is no fact has another kind.
      .map((line) => JSON.parse(line) as BridgeFact)
      .filter((record) => record.kind === "fact" && (type === undefined || record.type === type))
  );
}
