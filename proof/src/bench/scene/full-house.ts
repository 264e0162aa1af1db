import { type CityModel, emptyScene, type PoseSource, type SceneModel, toLatLon } from "@outrider/ui";

/** Everything at once: many aircraft in the air with their trails, many cameras, incidents, docks, zones, routes. */
export function fullHouse(city: CityModel, aircraft: number, cameras: number): SceneModel {
  const spread = city.radiusM * 0.6;
  const at = (i: number) =>
    toLatLon(city.frame, ((i * 97.3) % (2 * spread)) - spread, ((i * 61.7) % (2 * spread)) - spread);
  const ring = (i: number) => [at(i), at(i + 3), at(i + 5)];
  return {
    ...emptyScene("night"),
    aircraft: Array.from({ length: aircraft }, (_, i) => ({
      uid: `u${i}`,
      callSign: `UNIT ${i}`,
      selected: i === 0,
      docked: false,
      showFootprint: i < 4,
      kind: i % 40 === 39 ? "helicopter" : "drone",
    })),
    incidents: Array.from({ length: 12 }, (_, i) => ({
      id: `i${i}`,
      at: at(i * 11),
      title: "Shots fired",
      detail: "Main & 1st, ±60 ft",
      certainty: i % 2 === 0 ? "estimated" : "seen",
      error: i % 2 === 0 ? { semiMajorM: 34, semiMinorM: 20, bearingDeg: 60 } : undefined,
    })),
    docks: Array.from({ length: 40 }, (_, i) => ({
      id: `d${i}`,
      at: at(i * 7 + 3),
      name: `Dock ${i}`,
      detail: "ready",
      ready: true,
    })),
    sensors: Array.from({ length: cameras }, (_, i) => ({
      id: `s${i}`,
      at: at(i),
      kind: i % 9 === 0 ? "reader" : "camera",
      azimuthDeg: (i * 37) % 360,
      number: "",
      sees: [],
    })),
    routes: Array.from({ length: 20 }, (_, i) => ({
      id: `r${i}`,
      state: i % 2 === 0 ? "proposed" : "commanded",
      points: ring(i * 13).map((one) => ({ at: one, altAmslM: 1680 })),
    })),
    zones: Array.from({ length: 10 }, (_, i) => ({
      id: `z${i}`,
      kind: i === 0 ? "fence" : "privacy",
      label: `Zone ${i}`,
      ring: ring(i * 17),
    })),
    focus: { at: at(3), radiusM: 300 },
  };
}

/** Poses that move with the time that is set: what the sample store gives a page, frame by frame. */
export class MovingPoses implements PoseSource {
  readonly #city: CityModel;
  tMs = 0;

  constructor(city: CityModel) {
    this.#city = city;
  }

  onChange(): () => void {
    return () => undefined;
  }

  read(uid: string, out: Parameters<PoseSource["read"]>[1]): boolean {
    const i = Number(uid.slice(1));
    const angle = i + this.tMs / 3000;
    const radiusM = 80 + i * 4;
    const at = toLatLon(this.#city.frame, radiusM * Math.cos(angle), radiusM * Math.sin(angle));
    out.latDeg = at.latDeg;
    out.lonDeg = at.lonDeg;
    out.altAmslM = 1660 + (i % 20);
    out.altAglM = 57;
    out.headingDeg = (angle * 57.3) % 360;
    out.ageMs = 100;
    out.gimbalPitchDeg = -50;
    out.gimbalYawDeg = (angle * 20) % 360;
    out.hfovDeg = 60;
    out.link = i % 50 === 49 ? "late" : "live";
    out.gimbalOk = true;
    return true;
  }
}
