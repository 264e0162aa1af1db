import { type NewFact, newFact } from "@outrider/contract";
import { systemActor } from "../kernel/index.js";
import type { ControlState } from "./control-room.js";

const WHY = "The change could not be recorded, so it did not happen.";

/**
 * What takes back a change of control that the disk refused: whoever asked for it was told that nothing was done, and the
 * one who had control was told nothing at all. `before` is the state that the change was made on.
 */
export function notDone(facts: readonly NewFact[], before: ControlState): NewFact[] {
  return facts.flatMap((fact): NewFact[] => {
    switch (fact.type) {
      case "ControlTaken":
      case "ControlGiven":
      case "ControlOffered": {
        const { uid } = fact.data;
        const had = before.controls.get(uid);
        const holder = had === undefined ? {} : { personId: had.picId, name: had.picName };
        return [newFact("ControlKept", { uid, ...holder, why: WHY }, systemActor)];
      }
      case "CameraGranted":
        return [newFact("CameraReturned", { uid: fact.data.uid, personId: fact.data.personId }, systemActor)];
      default:
        return [];
    }
  });
}
