import { LineSegments, Mesh } from "three";
import { describe, expect, it } from "vitest";
import { toLatLon } from "../world/index.js";
import { gridCity } from "./gridCity.js";
import { LabelDirector } from "./labels/labelDirector.js";
import type { LabelPainter } from "./labels/labelPainter.js";
import { type Box, overlaps, type PlacedLabel } from "./labels/placeLabels.js";
import type { StreetName } from "./labels/streetNames.js";
import { SceneEngine } from "./sceneEngine.js";
import { emptyScene, type PoseSource, type SceneModel } from "./sceneModel.js";

const city = gridCity(2500);
const home = { xM: 0, yM: 0, upM: 1600, distanceM: 900, bearingDeg: 160, pitchDeg: 35, fovDeg: 40 };
const engineOf = () =>
  new SceneEngine(city, { detail: "full", reducedMotion: true, home, requestFrame: () => undefined });

const at = (i: number) => toLatLon(city.frame, ((i * 97) % 800) - 400, ((i * 61) % 800) - 400);

function fleet(n: number): { model: SceneModel; poses: PoseSource } {
  const model: SceneModel = {
    ...emptyScene("night"),
    aircraft: Array.from({ length: n }, (_, i) => ({
      uid: `u${i}`,
      callSign: `HERON ${i}`,
      selected: i === 0,
      docked: false,
      showFootprint: i === 0,
      kind: "drone" as const,
    })),
    incidents: [
      {
        id: "i",
        at: at(3),
        title: "Shots fired",
        detail: "Main & 1st, ±60 ft",
        certainty: "estimated",
        error: { semiMajorM: 34, semiMinorM: 20, bearingDeg: 60 },
      },
    ],
    docks: Array.from({ length: 6 }, (_, i) => ({
      id: `d${i}`,
      at: at(i * 5 + 2),
      name: `Dock ${i}`,
      detail: "ready",
      ready: true,
    })),
    sensors: Array.from({ length: 500 }, (_, i) => ({
      id: `s${i}`,
      at: at(i),
      kind: i % 2 === 0 ? ("camera" as const) : ("reader" as const),
      azimuthDeg: i,
      number: "",
      sees: [],
    })),
    zones: [{ id: "z", kind: "privacy", label: "Privacy zone", ring: [at(1), at(2), at(9)] }],
    focus: { at: at(3), radiusM: 300 },
  };
  const poses: PoseSource = {
    onChange: () => () => undefined,
    read(uid, out) {
      const i = Number(uid.slice(1));
      Object.assign(out, at(i * 7), {
        altAmslM: 1660 + (i % 20),
        altAglM: 57,
        headingDeg: i * 13,
        ageMs: 100,
        link: "live",
        gimbalOk: true,
        gimbalPitchDeg: -50,
        gimbalYawDeg: 30,
        hfovDeg: 60,
      });
      return true;
    },
  };
  return { model, poses };
}

class Recorder implements LabelPainter {
  placed: readonly PlacedLabel[] = [];
  streets: readonly StreetName[] = [];
  readonly anchors = new Map<string, { x: number; y: number; visible: boolean }>();
  measure = (text: { title: string; detail: string }) => ({
    w: Math.max(text.title.length * 8.4, text.detail.length * 7.4) + 6,
    h: text.detail === "" ? 18 : 34,
  });
  setLabels(labels: readonly PlacedLabel[]): void {
    this.placed = labels;
  }
  move(id: string, x: number, y: number, visible: boolean): void {
    this.anchors.set(id, { x, y, visible });
  }
  setStreets(names: readonly StreetName[]): void {
    this.streets = names;
  }
  setMarks(): void {}
  showStreets(): void {}
  dispose(): void {}
}

describe("scene engine", () => {
  it("draws any fleet and any number of sensors in far fewer than 60 calls", () => {
    const engine = engineOf();
    const { model, poses } = fleet(200);
    engine.setPoses(poses);
    engine.setModel(model);
    engine.resize(1440, 900, 1);
    engine.frame(1000);
    let calls = 0;
    engine.parts.root.traverseVisible((o) => {
      if (o instanceof Mesh || o instanceof LineSegments) calls++;
    });
    expect(calls).toBeGreaterThan(6);
    expect(calls).toBeLessThanOrEqual(20);
    expect(engine.parts.moving.placed.size).toBe(200);
    engine.dispose();
  });

  it("places no name over another on 20 camera poses", () => {
    const engine = engineOf();
    const { model, poses } = fleet(24);
    engine.setPoses(poses);
    engine.resize(1440, 900, 1);
    const painter = new Recorder();
    const legend: Box = [0, 830, 330, 70];
    const director = new LabelDirector(painter, { height: () => "186 ft", age: () => "0.2 s" });
    director.keepOut = [legend];
    engine.setLabels(director);
    engine.setModel(model);
    let most = 0;
    for (let i = 0; i < 20; i++) {
      engine.moveTo({ ...home, bearingDeg: i * 18, pitchDeg: 25 + ((i * 7) % 60), distanceM: 500 + i * 60 });
      engine.frame(10_000 * (i + 1));
      engine.frame(10_000 * (i + 1) + 700);
      const boxes = painter.placed.map((p): Box => {
        const a = painter.anchors.get(p.id);
        return [(a?.x ?? 0) + p.dx, (a?.y ?? 0) + p.dy, p.w, p.h];
      });
      most = Math.max(most, boxes.length);
      boxes.forEach((a, k) => {
        for (const b of [legend, ...boxes.slice(k + 1)]) expect(overlaps(a, b), `pose ${i}`).toBe(false);
        for (const s of painter.streets)
          expect(overlaps(a, [s.x - 4, s.y - 4, 8, 8]), `pose ${i}, ${s.text}`).toBe(false);
      });
      expect(painter.streets.length).toBeLessThanOrEqual(14);
    }
    expect(most).toBeGreaterThan(8);
    engine.dispose();
  });

  it("finds the ground under a point of the view, and nothing in the sky", () => {
    const engine = engineOf();
    engine.resize(1440, 900, 1);
    engine.setModel(emptyScene("day"));
    engine.frame(0);
    const hit = engine.pick(720, 450);
    const back =
      hit === undefined
        ? undefined
        : engine.project(
            (hit.lonDeg - city.frame.origin.lonDeg) * city.frame.mPerLonDeg,
            (hit.latDeg - city.frame.origin.latDeg) * city.frame.mPerLatDeg,
            1600,
          );
    expect(Math.hypot((back?.x ?? 0) - 720, (back?.y ?? 0) - 450)).toBeLessThan(12);
    engine.moveTo({ ...home, pitchDeg: 12 });
    engine.frame(1);
    expect(engine.pick(720, 2)).toBeUndefined();
    engine.dispose();
  });

  it("turns to places only when one of them cannot be seen, and says when its still part must be drawn anew", () => {
    const engine = engineOf();
    engine.resize(800, 600, 1);
    engine.setModel(emptyScene("night"));
    engine.frame(0);
    const drawn = engine.stillVersion;
    const here = engine.pose;
    engine.show([toLatLon(city.frame, 0, 0)]);
    engine.frame(16);
    expect([engine.pose, engine.stillVersion]).toEqual([here, drawn]);
    engine.show([toLatLon(city.frame, 0, 0), toLatLon(city.frame, 700, 700)]);
    engine.frame(32);
    engine.frame(48);
    expect(engine.pose.xM).toBeCloseTo(350, 0);
    expect(engine.stillVersion).toBeGreaterThan(drawn);
    engine.dispose();
  });

  it("asks for no frame for samples of aircraft that stand in their docks", () => {
    let asked = 0;
    let tell = (): void => undefined;
    const requestFrame = (): void => void asked++;
    const engine = new SceneEngine(city, { detail: "simple", reducedMotion: true, home, requestFrame });
    const { model } = fleet(1);
    engine.setPoses({
      read: () => false,
      onChange: (listener) => {
        tell = listener;
        return () => undefined;
      },
    });
    engine.setModel({ ...model, aircraft: model.aircraft.map((a) => ({ ...a, docked: true })) });
    asked = 0;
    tell();
    expect(asked).toBe(0);
    engine.setModel(model);
    asked = 0;
    tell();
    expect(asked).toBe(1);
    engine.dispose();
  });

  it("never flies while a button is held, and cuts where less motion is asked for", () => {
    const engine = engineOf();
    engine.resize(1440, 900, 1);
    engine.frame(0);
    engine.hold(true);
    engine.lookAt(at(5));
    engine.frame(10);
    expect(engine.pose).toEqual(home);
    engine.hold(false);
    engine.lookAt(at(5));
    engine.frame(20);
    expect(engine.pose.distanceM).toBeLessThan(home.distanceM);
    engine.dispose();
  });
});
