import type { FlightPlan } from "@outrider/contract";
import { distanceM, type EnuPointAmsl, polylineLengthM } from "@outrider/geo";
import type { Site } from "./site.js";

const MOST_POINTS = 120;

/** The drawn side view: ground, highest thing and path along the way. */
export function profileOf(site: Site, path: readonly EnuPointAmsl[]): FlightPlan["profile"] {
  const lengthM = polylineLengthM(path);
  const stepM = Math.max(10, lengthM / (MOST_POINTS - path.length - 1));
  const points: FlightPlan["profile"] = [];
  let doneM = 0;
  path.forEach((to, i) => {
    const from = path[i - 1];
    if (from === undefined) return;
    const legM = distanceM(from, to);
    const pieces = Math.max(1, Math.floor(legM / stepM));
    for (let k = points.length === 0 ? 0 : 1; k <= pieces; k++) {
      const share = k / pieces;
      const eastM = from.eastM + (to.eastM - from.eastM) * share;
      const northM = from.northM + (to.northM - from.northM) * share;
      points.push({
        distanceM: doneM + legM * share,
        groundAmslM: site.groundAmslM({ eastM, northM }),
        surfaceAmslM: site.obstacles.exactSurfaceAmslM(eastM, northM),
        pathAmslM: from.altAmslM + (to.altAmslM - from.altAmslM) * share,
      });
    }
    doneM += legM;
  });
  return points.slice(0, 200);
}
