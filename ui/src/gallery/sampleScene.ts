import { emptyScene, type PoseSource, type SceneModel, type ScenePose } from "../scene/index.js";
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

const DOCKS: readonly { readonly at: Xy; readonly name: string; readonly detail: string }[] = [
  { at: [-300, 292], name: "Dock A", detail: "OSPREY proposed" },
  { at: [800, 575], name: "Dock B", detail: "KESTREL 71%" },
  { at: [-120, -470], name: "Dock C", detail: "empty" },
];
const FIRST: Xy = [-300, 292];
const INCIDENT: Xy = [232, 424];

/** The situation of the pictures in the style guide. */
export function sampleScene(city: CityModel, theme: ThemeName): SceneModel {
  const at = (p: Xy): LatLon => toLatLon(city.frame, p[0], p[1]);
  const ring = (
    [
      [395, 520],
      [470, 532],
      [462, 592],
      [386, 580],
    ] as const
  ).map(at);
  return {
    ...emptyScene(theme),
    aircraft: POSES.map((p) => ({
      uid: p.uid,
      callSign: p.uid.toUpperCase(),
      selected: p.uid === "heron",
      docked: false,
      showFootprint: p.uid === "heron",
      kind: "drone",
    })),
    incidents: [
      {
        id: "shots",
        at: at(INCIDENT),
        title: "Shots fired",
        detail: "Haight & Masonic, ±60 ft",
        certainty: "estimated",
        error: { semiMajorM: 34, semiMinorM: 22, bearingDeg: 67 },
      },
    ],
    docks: DOCKS.map((d, i) => ({ id: d.name, at: at(d.at), name: d.name, detail: d.detail, ready: i === 0 })),
    routes: sampleRoutes(city, at),
    zones: [{ id: "zone", kind: "privacy", label: "Privacy zone", ring }],
    reach: sampleReach(city),
    focus: { at: at(INCIDENT), radiusM: 300 },
  };
}

function sampleReach(city: CityModel): SceneModel["reach"] {
  const wind = { windEastMps: 5.5, windNorthMps: -2.2 };
  const speeds = { airspeedMps: 17, climbMps: 5, cruiseAglM: 45, liftOffS: 9 };
  return {
    ...reachField(city, { from: [{ xM: FIRST[0], yM: FIRST[1] }], ...speeds, ...wind }),
    levelsS: [30, 45, 60, 90],
  };
}

function sampleRoutes(city: CityModel, at: (p: Xy) => LatLon): SceneModel["routes"] {
  const up = (p: Xy, agl: number) => ({ at: at(p), altAmslM: groundAmslM(city.terrain, p[0], p[1]) + agl });
  const top = Math.max(up(FIRST, 0).altAmslM, up(INCIDENT, 0).altAmslM) + 58;
  const high = (p: Xy) => ({ at: at(p), altAmslM: top });
  return [
    { id: "osprey", state: "proposed", points: [up(FIRST, 10), high(FIRST), high([-60, 360]), high(INCIDENT)] },
    { id: "merlin", state: "commanded", points: [up([560, 610], 60), up([330, 690], 66), up([190, 700], 66)] },
    { id: "plover", state: "commanded", points: [up([640, 60], 58), up([800, 260], 60), up([955, 600], 80)] },
  ];
}
