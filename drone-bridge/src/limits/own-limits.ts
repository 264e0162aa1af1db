import type { BridgeLimits, GeoPoint } from "@outrider/contract";
import { localFrame } from "@outrider/geo";

/** The limits that a bridge holds by itself, and where it has them from. */
export type OwnLimits = {
  readonly source: "file" | "builtIn";
  readonly limits: BridgeLimits;
  /** For people: which file, or what the bounds are. */
  readonly text: string;
};

/** Furthest from any dock that anything is sent without a limits file. */
const builtInReachM = 5_000;
/** 400 ft, and a little for rounding: the height that most authorisations end at. */
const builtInMaxAglM = 125;

/**
 * What holds where no limits file is named: a box around the docks and 125 m over ground. Wide enough for any honest
 * launch and narrow enough that nobody sends an aircraft to another town.
 */
export function builtInLimits(site: {
  readonly docks: readonly { readonly point: GeoPoint }[];
  readonly minAglM: number;
}): OwnLimits {
  return {
    source: "builtIn",
    text: `no limits file: built-in bounds hold, ${builtInReachM / 1000} km around the docks and ${builtInMaxAglM} m over ground`,
    limits: {
      volume: {
        ring: boxAround(
          site.docks.map((dock) => dock.point),
          builtInReachM,
        ),
        maxAmslM: 6_000,
        maxAglM: builtInMaxAglM,
        minAglM: site.minAglM,
        lowestGroundAmslM: -500,
        highestGroundAmslM: 5_500,
      },
      arming: { perHour: 30, perHourAll: 120, maxActive: 24 },
      orders: { perSecond: 10, burst: 20 },
    },
  };
}

/** Corners of the box that lies `reachM` around all of some places; none where there is no place. */
function boxAround(places: readonly GeoPoint[], reachM: number): GeoPoint[] {
  const [first] = places;
  if (first === undefined) return [];
  const frame = localFrame(first);
  const local = places.map((place) => frame.toLocal(place));
  const east = local.map((at) => at.eastM);
  const north = local.map((at) => at.northM);
  const [west, right] = [Math.min(...east) - reachM, Math.max(...east) + reachM];
  const [south, top] = [Math.min(...north) - reachM, Math.max(...north) + reachM];
  return [
    frame.toGeo({ eastM: west, northM: south }),
    frame.toGeo({ eastM: right, northM: south }),
    frame.toGeo({ eastM: right, northM: top }),
    frame.toGeo({ eastM: west, northM: top }),
  ];
}
