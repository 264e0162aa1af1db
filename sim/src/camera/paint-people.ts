import { paintOf, type Yuv, yuvOf } from "./colour.js";
import { materials } from "./faces.js";
import { standOf } from "./paint-vehicles.js";
import { block } from "./shapes.js";
import type { Stage } from "./stage.js";

/** A person as a small figure: never a face. */
export type ScenePerson = {
  readonly eastM: number;
  readonly northM: number;
  readonly headingDeg: number;
  /** A witness's word for what they wear. */
  readonly upper: string;
  readonly lower: string;
};

const skin: Yuv = yuvOf(150, 116, 96);

export function paintPerson(stage: Stage, person: ScenePerson): void {
  const stand = standOf(stage, person.eastM, person.northM, (person.headingDeg * Math.PI) / 180, 0.6, 0);
  const part = (low: number, high: number, deep: number, wide: number, paint: Yuv): void =>
    block(
      stage,
      stand,
      { backM: -deep, frontM: deep, halfM: wide, upM: low },
      { backM: -deep, frontM: deep, halfM: wide * 0.9, upM: high },
      paint,
      paint,
    );
  const { faces } = stage;
  faces.madeOf = materials.cloth;
  part(0, 0.85, 0.13, 0.19, paintOf(person.lower));
  part(0.85, 1.5, 0.16, 0.26, paintOf(person.upper));
  faces.madeOf = materials.skin;
  part(1.5, 1.78, 0.12, 0.11, skin);
  faces.madeOf = materials.plain;
}
