import type { AircraftSample } from "@outrider/contract";
import { bearingDeg, degOf, distanceM, type EnuPoint, turnDeg } from "@outrider/geo";
import type { Site } from "../airspace/index.js";
import type { Launch } from "./launch.js";
import type { Seen } from "./react.js";

/** Half the picture's height over half its width, 16:9. */
const ASPECT = 9 / 16;

/** A person's height. */
const TARGET_M = 1.5;

/** Somebody who stands there; where a house stands on the very place, its roof is what can be seen of it. */
function personAt(site: Site, scene: EnuPoint, groundAmslM: number) {
  const topM = Math.max(groundAmslM, site.obstacles.exactSurfaceAmslM(scene.eastM, scene.northM));
  return { ...scene, altAmslM: topM + TARGET_M };
}

/** What the latest sample says about a flight's progress. */
export function seenOf(site: Site, launch: Launch, sample: AircraftSample): Seen {
  const { plan } = launch.offer;
  const at = site.local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg });
  const scene = site.local(plan.scene.point);
  const toSceneM = distanceM(at, scene);
  const downM = sample.altAmslM - plan.scene.groundAmslM;
  const slantM = Math.hypot(toSceneM, downM);
  const pitchDeg = -degOf(Math.atan2(downM, Math.max(0.01, toSceneM)));
  const camera = { ...at, altAmslM: sample.altAmslM };
  const halfDeg = sample.hfovDeg / 2;
  const sideDeg = toSceneM < 5 ? 0 : Math.abs(turnDeg(bearingDeg(at, scene), sample.gimbalYawDeg));
  return {
    heightToGoM: plan.takeoffAltAmslM - sample.altAmslM,
    fromHomeM: distanceM(at, site.local(plan.home.point)),
    toSceneM,
    slantM,
    cameraSees:
      sample.gimbalOk &&
      sideDeg <= halfDeg &&
      Math.abs(pitchDeg - sample.gimbalPitchDeg) <= halfDeg * ASPECT &&
      site.obstacles.lineOfSight(camera, personAt(site, scene, plan.scene.groundAmslM)).clear,
  };
}
