import type { Rgba, SymbolBatch, SymbolKind } from "../gl/index.js";
import type { Ground } from "../ground.js";
import type { Inks } from "../inks.js";
import type { SceneModel, ScenePin } from "../sceneModel.js";

const MARK: Readonly<Record<ScenePin["mark"], SymbolKind>> = {
  seen: "circle",
  found: "diamond",
  predicted: "square",
  vehicle: "vehicle",
  asked: "circle",
};

/** Docks, incidents, pins and fixed sensors: symbols that change with facts only. */
export function drawPins(model: SceneModel, ground: Ground, inks: Inks, pins: SymbolBatch, sensors: SymbolBatch): void {
  pins.clear();
  sensors.clear();
  for (const s of model.sensors) {
    const [x, y, z] = ground.place(s.at, 6);
    const strong = s.number !== "";
    if (s.kind === "reader")
      sensors.add("reader", x, y, z, 0, strong ? 1.2 : 0.8, inks.halo(1), inks.ink(strong ? 1 : 0.7));
    else sensors.add("camera", x, y, z, s.azimuthDeg, strong ? 1.1 : 0.7, inks.ink(0.2), inks.ink(strong ? 0.9 : 0.45));
  }
  for (const d of model.docks) {
    const [x, y, z] = ground.place(d.at, 8);
    pins.add(d.ready ? "dockReady" : "dock", x, y, z, 0, 1, inks.halo(1), inks.ink(1));
  }
  for (const i of model.incidents) {
    const [x, y, z] = ground.place(i.at, 2);
    pins.add("diamond", x, y, z, 0, 1, inks.halo(1), i.certainty === "estimated" ? inks.magenta(1) : inks.ink(1));
  }
  for (const p of model.pins) {
    const [x, y, z] = ground.place(p.at, 2);
    const ink: Rgba = p.mark === "predicted" ? inks.magenta(1) : p.mark === "asked" ? inks.cyan(1) : inks.ink(1);
    pins.add(
      MARK[p.mark],
      x,
      y,
      z,
      p.headingDeg,
      1,
      p.mark === "vehicle" ? ink : inks.halo(1),
      p.mark === "vehicle" ? inks.halo(1) : ink,
    );
  }
  pins.commit();
  sensors.commit();
}
