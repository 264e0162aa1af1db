import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { limitsFromFile } from "../../limits/io/limits-file.js";
import { configFrom, orderKeys } from "./read-setup.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

it("paths of the configuration are those of its own folder, wherever the bridge is started", () => {
  const folder = mkdtempSync(join(tmpdir(), "outrider-setup-"));
  try {
    copyFileSync(join(root, "outrider.yaml"), join(folder, "outrider.yaml"));
    copyFileSync(join(root, "bridge-limits.yaml"), join(folder, "bridge-limits.yaml"));
    const { bridge } = configFrom(relative(process.cwd(), join(folder, "outrider.yaml")));
    expect(bridge.token).toEqual({ file: join(folder, "data/keys/bridge.token") });
    expect(bridge.journal).toBe(join(folder, "data/bridge"));
    expect(bridge.orders?.trusted).toEqual([join(folder, "data/keys/station-order.pub")]);
    expect(bridge.limits).toBe(join(folder, "bridge-limits.yaml"));
    expect(limitsFromFile(bridge.limits ?? "").volume.maxAglM).toBe(125);
    // No key was made there: trouble that is told, and no end of the bridge.
    expect(orderKeys(bridge.orders)).toMatchObject({ kind: "trouble" });
    writeFileSync(
      join(folder, "bridge-limits.yaml"),
      readFileSync(join(root, "bridge-limits.yaml"), "utf8").replace("maxAmslM: 460", "maxAmslM: high"),
    );
    expect(() => limitsFromFile(join(folder, "bridge-limits.yaml"))).toThrow(/bridge-limits.yaml:\d+ volume.maxAmslM/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
