import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DemoRig, root } from "../../rig/io/demo-rig.js";

/** The demonstration's files for one bench, in a folder of its own, with the paths that are shared made absolute. */
export async function benchSite(
  edit: (yaml: string) => string = (yaml) => yaml,
): Promise<{ readonly rig: DemoRig; readonly bridgeToken: string }> {
  const rig = await DemoRig.make({
    edit: (yaml) =>
      edit(yaml.replace("city: data/city/", `city: ${root}data/city/`).replaceAll("file: docs/", `file: ${root}docs/`)),
  });
  return { rig, bridgeToken: readFileSync(join(rig.folder, "keys", "bridge.token"), "utf8") };
}

export const stationMain = join(root, "ground-station/dist/app/io/main.js");
export const bridgeMain = join(root, "drone-bridge/dist/app/io/main.js");
