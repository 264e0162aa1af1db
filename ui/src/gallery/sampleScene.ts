import type { PoseSource, SceneModel, ScenePose } from "../scene/index.js";
import type { ThemeName } from "../theme/index.js";
import { type CityModel, groundAmslM, type LatLon, reachField, toLatLon } from "../world/index.js";

type Xy = readonly [number, number];

interface SamplePose {
  readonly uid: string;
  readonly at: Xy;
  readonly aglM: number;
  readonly headingDeg: number;
  readonly link: "live" | "late";
  readonly yawDeg: number;
}

const POSES: readonly SamplePose[] = [
  { uid: "heron", at: [20, 10], aglM: 57, headingDeg: 195, link: "live", yawDeg: 200 },
  { uid: "plover", at: [640, 60], aglM: 58, headingDeg: 65, link: "late", yawDeg: 65 },
  { uid: "merlin", at: [560, 610], aglM: 60, headingDeg: 287, link: "live", yawDeg: 287 },
];

export function samplePoses(city: CityModel): PoseSource {
  return {
    onChange: () => () => undefined,
    read(uid: string, out: ScenePose): boolean {
      const p = POSES.find((q) => q.uid === uid);
      if (p === undefined) return false;
      const at = toLatLon(city.frame, p.at[0], p.at[1]);
      Object.assign(out, at, {
        altAmslM: groundAmslM(city.terrain, p.at[0], p.at[1]) + p.aglM,
        altAglM: p.aglM,
        headingDeg: p.headingDeg,
        ageMs: p.link === "late" ? 2800 : 200,
        link: p.link,
        gimbalPitchDeg: -52,
        gimbalYawDeg: p.yawDeg,
        hfovDeg: 62,
        gimbalOk: true,
      });
      return true;
    },
  };
}

/** The situation of the pictures in the style guide. */
export function sampleScene(city: CityModel, theme: ThemeName): SceneModel {
  const at = (p: Xy): LatLon => toLatLon(city.frame, p[0], p[1]);
  const up = (p: Xy, agl: number) => ({ at: at(p), altAmslM: groundAmslM(city.terrain, p[0], p[1]) + agl });
  const docks: readonly Xy[] = [
    [-300, 292],
    [800, 575],
    [-120, -470],
  ];
  const first = docks[0] ?? [0, 0];
  const incident: Xy = [232, 424];
  const field = reachField(city, {
    from: [{ xM: first[0], yM: first[1] }],
    airspeedMps: 17,
    climbMps: 5,
    cruiseAglM: 45,
    liftOffS: 9,
    windEastMps: 5.5,
    windNorthMps: -2.2,
  });
  const top = Math.max(up(first, 0).altAmslM, up(incident, 0).altAmslM) + 58;
  const names = ["Dock A", "Dock B", "Dock C"];
  const details = ["OSPREY proposed", "KESTREL 71%", "empty"];
  return {
    theme,
    aircraft: [
      { uid: "heron", callSign: "HERON", selected: true, docked: false, showFootprint: true, kind: "drone" },
      { uid: "plover", callSign: "PLOVER", selected: false, docked: false, showFootprint: false, kind: "drone" },
      { uid: "merlin", callSign: "MERLIN", selected: false, docked: false, showFootprint: false, kind: "drone" },
    ],
    incidents: [
      {
        id: "shots",
        at: at(incident),
        title: "Shots fired",
        detail: "Haight & Masonic, ±60 ft",
        certainty: "estimated",
        error: { semiMajorM: 34, semiMinorM: 22, bearingDeg: 67 },
      },
    ],
    docks: docks.map((p, i) => ({
      id: `dock${i}`,
      at: at(p),
      name: names[i] ?? "",
      detail: details[i] ?? "",
      ready: i === 0,
    })),
    sensors: [],
    routes: [
      {
        id: "osprey",
        state: "proposed",
        points: [
          up(first, 10),
          { at: at(first), altAmslM: top },
          { at: at([-60, 360]), altAmslM: top },
          { at: at(incident), altAmslM: top },
        ],
      },
      { id: "merlin", state: "commanded", points: [up([560, 610], 60), up([330, 690], 66), up([190, 700], 66)] },
      { id: "plover", state: "commanded", points: [up([640, 60], 58), up([800, 260], 60), up([955, 600], 80)] },
    ],
    zones: [
      {
        id: "zone",
        kind: "privacy",
        label: "Privacy zone",
        ring: [at([395, 520]), at([470, 532]), at([462, 592]), at([386, 580])],
      },
    ],
    footprints: [],
    reach: { ...field, levelsS: [30, 45, 60, 90] },
    couldBe: undefined,
    coverage: undefined,
    pins: [],
    focus: { at: at(incident), radiusM: 300 },
  };
}
