import { paintOf, type Yuv, yuvOf } from "./colour.js";
import { faceKinds, materials } from "./faces.js";
import { block, lampPair, type Slab, type Stand, type StandAxis } from "./shapes.js";
import type { Stage } from "./stage.js";
import type { Axis } from "./view.js";

export type VehicleBody = "sedan" | "suv" | "pickup" | "van" | "truck" | "bus";

/** A vehicle as the camera finds it, in the city's local metres; heading clockwise from true north. */
export type SceneVehicle = {
  readonly vehicleId: string;
  readonly eastM: number;
  readonly northM: number;
  readonly headingDeg: number;
  readonly body: VehicleBody;
  /** A witness's word: silver, white, black … */
  readonly colour: string;
  readonly braking?: boolean;
};

type Shape = { lengthM: number; widthM: number; beltM: number; roofM: number; cabinBack: number; cabinFront: number };
const shapes: Readonly<Record<VehicleBody, Shape>> = {
  sedan: { lengthM: 4.7, widthM: 1.82, beltM: 0.92, roofM: 1.45, cabinBack: -0.36, cabinFront: 0.2 },
  suv: { lengthM: 4.8, widthM: 1.95, beltM: 1.08, roofM: 1.78, cabinBack: -0.48, cabinFront: 0.2 },
  pickup: { lengthM: 5.6, widthM: 2.0, beltM: 1.1, roofM: 1.85, cabinBack: -0.06, cabinFront: 0.24 },
  van: { lengthM: 5.4, widthM: 2.0, beltM: 1.25, roofM: 2.25, cabinBack: -0.49, cabinFront: 0.36 },
  truck: { lengthM: 8.2, widthM: 2.4, beltM: 1.2, roofM: 3.3, cabinBack: -0.5, cabinFront: 0.24 },
  bus: { lengthM: 12, widthM: 2.55, beltM: 1.2, roofM: 3.1, cabinBack: -0.5, cabinFront: 0.5 },
};
const glass = yuvOf(38, 44, 52);
const boxWhite = yuvOf(205, 205, 200);

export function standOf(
  stage: Stage,
  eastM: number,
  northM: number,
  headingRad: number,
  lengthM: number,
  owner: number,
): Stand {
  const sin = Math.sin(headingRad);
  const cos = Math.cos(headingRad);
  const half = lengthM * 0.35;
  const ahead = stage.terrain.groundAmslM(eastM + sin * half, northM + cos * half);
  const behind = stage.terrain.groundAmslM(eastM - sin * half, northM - cos * half);
  const { view } = stage;
  const rise = half > 0 ? (ahead - behind) / (2 * half) : 0;
  const e = eastM - view.eastM;
  const n = northM - view.northM;
  const u = (ahead + behind) / 2 - view.upM;
  const axis = (a: Axis): StandAxis => ({
    at: e * a.e + n * a.n + u * a.u,
    forward: sin * a.e + cos * a.n + rise * a.u,
    right: cos * a.e - sin * a.n,
  });
  const eyeForwardM = -e * sin - n * cos;
  return {
    eastM,
    northM,
    sin,
    cos,
    owner,
    x: axis(view.right),
    y: axis(view.down),
    z: axis(view.forward),
    eyeForwardM,
    eyeRightM: n * sin - e * cos,
    eyeUpM: -u - eyeForwardM * rise,
    direct: undefined,
  };
}

/** `detail` false draws one block: beyond a few pixels more is not seen. */
export function paintVehicle(stage: Stage, vehicle: SceneVehicle, owner: number, detail: boolean): void {
  const shape = shapes[vehicle.body];
  const stand = standOf(
    stage,
    vehicle.eastM,
    vehicle.northM,
    (vehicle.headingDeg * Math.PI) / 180,
    shape.lengthM,
    owner,
  );
  paintBody(stage, stand, shape, vehicle.body, paintOf(vehicle.colour), detail);
  if (stage.lighting.night) paintLights(stage, stand, shape, vehicle.braking === true);
}

/** A car at the kerb with nobody in it: dark, and without an id. */
export function paintParked(
  stage: Stage,
  eastM: number,
  northM: number,
  headingRad: number,
  paint: Yuv,
  detail: boolean,
): void {
  const stand = standOf(stage, eastM, northM, headingRad, 4.7, 0);
  paintBody(stage, stand, paint.y > 120 ? shapes.sedan : shapes.suv, "sedan", paint, detail);
}

function paintBody(stage: Stage, stand: Stand, s: Shape, body: VehicleBody, paint: Yuv, detail: boolean): void {
  const half = s.lengthM / 2;
  const wide = s.widthM / 2;
  const slab = (back: number, front: number, halfM: number, upM: number): Slab => ({
    backM: back,
    frontM: front,
    halfM,
    upM,
  });
  if (!detail) {
    block(stage, stand, slab(-half, half, wide, 0.1), slab(-half, half, wide, s.roofM * 0.85), paint, paint);
    return;
  }
  block(
    stage,
    stand,
    slab(-half, half, wide, 0.25),
    slab(-half + 0.08, half - 0.12, wide * 0.96, s.beltM),
    paint,
    paint,
  );
  const back = s.cabinBack * s.lengthM;
  const front = s.cabinFront * s.lengthM;
  const lean = body === "bus" || body === "truck" ? 0.1 : 0.55;
  const sides = body === "truck" ? boxWhite : glass;
  const top = body === "truck" ? boxWhite : paint;
  stage.faces.madeOf = materials.cabin;
  block(
    stage,
    stand,
    slab(back, front, wide * 0.9, s.beltM),
    slab(back + lean * 0.7, front - lean, wide * 0.78, s.roofM),
    sides,
    top,
  );
  stage.faces.madeOf = materials.plain;
}

function paintLights(stage: Stage, stand: Stand, s: Shape, braking: boolean): void {
  const half = s.lengthM / 2;
  const white = stage.faces.flat(faceKinds.lamp, stand.owner, 232, 126, 130);
  const red = stage.faces.flat(faceKinds.lamp, stand.owner, braking ? 120 : 82, 104, braking ? 222 : 196);
  lampPair(stage, stand, half + 0.02, 1, s.widthM / 2, white);
  lampPair(stage, stand, -half - 0.02, -1, s.widthM / 2, red);
}
