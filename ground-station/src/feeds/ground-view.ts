import type { CameraPose, ErrorEllipse, GeoPoint } from "@outrider/contract";
import {
  castRay,
  type CameraPose as LocalPose,
  pixelToGround,
  rayThroughPixel,
  SIGMAS_DEFAULT,
  type World,
} from "@outrider/geo";

const aspect = 16 / 9;
/** Factor from one sigma to the ellipse that holds 95 % (two dimensions): √5.991. */
const SIGMA_TO_95 = 2.448;
/** Further away a corner says nothing that an operator could use. */
const cornerRangeM = 1_500;

export type GroundPlace =
  | {
      readonly kind: "place";
      readonly point: GeoPoint;
      readonly altAmslM: number;
      readonly slantM: number;
      /** 95 %. */
      readonly error: ErrorEllipse;
    }
  | { readonly kind: "refused"; readonly why: string };

/** What a picture shows of the ground, from the pose at its capture time. */
export class GroundView {
  readonly #world: World;
  readonly #ceilingAmslM: number;

  constructor(world: World) {
    this.#world = world;
    this.#ceilingAmslM = world.obstacles.surface.amslM.reduce((most, m) => Math.max(most, m), world.terrain.maxAmslM);
  }

  /** Corners of the picture on ground or roofs: upper-left, upper-right, lower-right, lower-left; undefined for sky. */
  corners(pose: CameraPose): (GeoPoint | undefined)[] {
    const local = this.#local(pose);
    return [
      { u: 0, v: 0 },
      { u: 1, v: 0 },
      { u: 1, v: 1 },
      { u: 0, v: 1 },
    ].map((pixel) => {
      const hit = castRay(local, rayThroughPixel(local, pixel), this.#world.obstacles.surfaceAmslM, {
        rangeM: cornerRangeM,
        ceilingAmslM: this.#ceilingAmslM,
      });
      return hit && this.#world.frame.toGeo(hit);
    });
  }

  /** The place under a picture point (0…1 from the upper left), with its error. */
  place(pose: CameraPose, u: number, v: number, velocity?: { eastMps: number; northMps: number }): GroundPlace {
    const { obstacles, terrain, frame } = this.#world;
    const fix = pixelToGround(this.#local(pose), SIGMAS_DEFAULT, { u, v }, obstacles.exactSurfaceAmslM, {
      rangeM: 2_500,
      stepM: 2,
      ceilingAmslM: this.#ceilingAmslM,
      ground: terrain.groundAmslM,
      ...(velocity === undefined ? {} : { velocity }),
    });
    switch (fix.kind) {
      case "noGround":
        return { kind: "refused", why: "That is sky, or further than 2.5 km: no ground there." };
      case "tooShallow":
        return { kind: "refused", why: "The line of sight is too flat there: the place could be anywhere along it." };
      case "fix":
        return {
          kind: "place",
          point: frame.toGeo(fix.point),
          altAmslM: fix.point.altAmslM,
          slantM: fix.slantM,
          error: {
            semiMajorM: fix.ellipse.semiMajorM * SIGMA_TO_95,
            semiMinorM: fix.ellipse.semiMinorM * SIGMA_TO_95,
            bearingDeg: fix.ellipse.bearingDeg,
          },
        };
    }
  }

  #local(pose: CameraPose): LocalPose {
    const { eastM, northM } = this.#world.frame.toLocal(pose.point);
    const { altAmslM, yawDeg, pitchDeg, rollDeg, hfovDeg } = pose;
    return { eastM, northM, altAmslM, yawDeg, pitchDeg, rollDeg, hfovDeg, aspect };
  }
}
