import { type Actor, type NewFact, newFact } from "@outrider/contract";
import type { ControlState } from "./control-room.js";

type Person = Extract<Actor, { kind: "person" }>;

export type ControlDecision =
  | { readonly kind: "decided"; readonly facts: readonly NewFact[] }
  | { readonly kind: "refused"; readonly reason: string; readonly doThis: string };

/** What is true now of the people and the aircraft that a control act is about. */
export type ControlView = {
  readonly nowMs: number;
  readonly onWatch: (personId: string) => boolean;
  readonly presenceAgeMs: (personId: string) => number;
  /** Armed, in the air or being launched: there is something to control. */
  readonly inUse: boolean;
};

export type ControlCommand =
  | { readonly kind: "take"; readonly uid: string; readonly by: Person }
  | {
      readonly kind: "offer";
      readonly uid: string;
      readonly by: Person;
      readonly to: string;
      readonly toName: string;
      readonly text: string;
    }
  | { readonly kind: "accept"; readonly uid: string; readonly by: Person }
  | { readonly kind: "returnCamera"; readonly uid: string; readonly by: Person };

export const OFFER_STANDS_MS = 60_000;
export const STALE_MS = 60_000;

const refused = (reason: string, doThis: string): ControlDecision => ({ kind: "refused", reason, doThis });
const decided = (...facts: readonly NewFact[]): ControlDecision => ({ kind: "decided", facts });

/** Who answers for an aircraft. It passes by a word from both sides, or because the one who had it is gone. */
export function decideControl(command: ControlCommand, state: ControlState, view: ControlView): ControlDecision {
  const control = state.controls.get(command.uid);
  const { uid, by } = command;
  switch (command.kind) {
    case "take": {
      if (!view.onWatch(by.personId)) return refused("Only a pilot on watch can take control.", "Start a watch first.");
      if (!view.inUse)
        return refused("It stands in its dock: there is nothing to control.", "Launch it for an incident.");
      if (control === undefined)
        return decided(newFact("ControlTaken", { uid, personId: by.personId, name: by.name }, by));
      if (control.picId === by.personId) return refused("You have control already.", "Nothing to do.");
      const there = view.onWatch(control.picId) && view.presenceAgeMs(control.picId) < STALE_MS;
      if (there)
        return refused(
          `${control.picName} has control and is at the screen.`,
          `Ask ${control.picName} to offer it to you.`,
        );
      return decided(newFact("ControlTaken", { uid, personId: by.personId, name: by.name, from: control.picId }, by));
    }
    case "offer": {
      if (control?.picId !== by.personId)
        return refused("You do not have control of it.", "Only who has control can offer it.");
      if (command.to === by.personId) return refused("You have control already.", "Offer it to another pilot.");
      if (!view.onWatch(command.to)) return refused("That pilot is not on watch.", "Offer it to a pilot on watch.");
      return decided(
        newFact("ControlOffered", { uid, to: command.to, toName: command.toName, text: command.text }, by),
      );
    }
    case "accept": {
      const offer = control?.offer;
      if (control === undefined || offer === undefined || offer.to !== by.personId)
        return refused("It was not offered to you.", "Ask its pilot to offer it.");
      if (view.nowMs - offer.atMs > OFFER_STANDS_MS) return refused("The offer has lapsed.", "Ask for it again.");
      if (!view.onWatch(by.personId)) return refused("Only a pilot on watch can take control.", "Start a watch first.");
      return decided(newFact("ControlGiven", { uid, personId: by.personId, name: by.name, from: control.picId }, by));
    }
    case "returnCamera": {
      const camera = control?.camera;
      if (control === undefined || camera === undefined)
        return refused("Nobody else holds its camera.", "Nothing to do.");
      if (camera.personId !== by.personId && control.picId !== by.personId)
        return refused("You do not hold its camera.", "Ask for it first.");
      return decided(newFact("CameraReturned", { uid, personId: camera.personId }, by));
    }
  }
}
