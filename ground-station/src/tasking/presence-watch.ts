import { newFact } from "@outrider/contract";
import { systemActor } from "../kernel/index.js";
import { launchOfUid, launchRoom } from "../launch/index.js";
import { STALE_MS } from "./decide-control.js";
import type { TaskingDesk } from "./tasking-desk.js";

const RETURN_MS = 2 * STALE_MS;

/**
 * An aircraft in the air has a pilot or is coming home: nobody at the screen for 120 s and nobody who took it over means
 * return. That was agreed before launch, like every failsafe; the alarm at 60 s is raised by the alarms room.
 */
export function watchPresence(desk: TaskingDesk): void {
  const { kernel } = desk.context;
  for (const control of desk.state.controls.values()) {
    const { uid, picId, picName } = control;
    if (control.calledHome || !desk.inAir(uid)) continue;
    const ageMs = desk.onWatch(picId) ? desk.deps.pilots.presenceAgeMs(picId) : Number.POSITIVE_INFINITY;
    if (ageMs < RETURN_MS) continue;
    const why = desk.onWatch(picId)
      ? `${picName} was not seen at the screen for ${RETURN_MS / 1000} s.`
      : `${picName} is not on watch any more.`;
    kernel.commit([newFact("CalledHome", { uid, why }, systemActor)]);
    // Not left to the fact above: a full disk must not keep it in the air. An earlier return that was flown over by hand
    // since is forgotten with CalledHome, so that this one is ordered anew.
    const launch = launchOfUid(kernel.state(launchRoom), uid);
    if (launch?.ordered.return !== true) desk.order(uid, { verb: "return" }, systemActor);
  }
}
