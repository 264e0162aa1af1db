import type { CameraPose } from "@outrider/contract";
import { cameraAxes, castRay, type LocalFrame, type SurfaceFn, vfovDeg } from "@outrider/geo";
import { type Attitude, relativeAngles } from "./relative-angles.js";
import type { UasMetadata } from "./st0601.js";

/** The ground as the metadata knows it: terrain without houses, as an aircraft's own computer has it. */
export type MetadataGround = {
  readonly frame: LocalFrame;
  readonly surface: SurfaceFn;
  readonly ceilingAmslM: number;
  readonly geoidUndulationM: number;
};
export type MetadataNames = { readonly callSign: string; readonly missionId: string };

const furthestM = 5_000;

/** What the metadata of one picture says. Without ground in the middle of the picture range and centre are left out. */
export function frameMetadata(
  tMs: number,
  pose: CameraPose,
  platform: Attitude,
  ground: MetadataGround,
  names: MetadataNames,
  aspect: number,
): UasMetadata {
  const { frame, surface, ceilingAmslM, geoidUndulationM } = ground;
  const { point, altAmslM, hfovDeg } = pose;
  const local = {
    ...frame.toLocal(point),
    altAmslM,
    yawDeg: pose.yawDeg,
    pitchDeg: pose.pitchDeg,
    rollDeg: pose.rollDeg,
    hfovDeg,
    aspect,
  };
  const hit = castRay(local, cameraAxes(local).forward, surface, { rangeM: furthestM, ceilingAmslM });
  const centre = hit && frame.toGeo(hit);
  const relative = relativeAngles(platform, {
    headingDeg: pose.yawDeg,
    pitchDeg: pose.pitchDeg,
    rollDeg: pose.rollDeg,
  });
  return {
    tMs,
    ...names,
    platformHeadingDeg: platform.headingDeg,
    platformPitchDeg: platform.pitchDeg,
    platformRollDeg: platform.rollDeg,
    platformDesignation: "Outrider simulator",
    imageSource: "EO",
    coordinateSystem: "Geodetic WGS84",
    sensorLatDeg: point.latDeg,
    sensorLonDeg: point.lonDeg,
    sensorAltAmslM: altAmslM,
    sensorAltHaeM: altAmslM + geoidUndulationM,
    hfovDeg,
    vfovDeg: vfovDeg(local),
    relativeAzimuthDeg: relative.azimuthDeg,
    relativeElevationDeg: relative.elevationDeg,
    relativeRollDeg: relative.rollDeg,
    ...(hit === undefined || centre === undefined
      ? {}
      : {
          slantRangeM: hit.slantM,
          frameCentreLatDeg: centre.latDeg,
          frameCentreLonDeg: centre.lonDeg,
          frameCentreAltAmslM: hit.altAmslM,
          frameCentreAltHaeM: hit.altAmslM + geoidUndulationM,
        }),
  };
}
