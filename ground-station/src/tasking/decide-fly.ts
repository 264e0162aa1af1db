import type { ActBody, GeoPoint, OrderVerb, PrivacyReason } from "@outrider/contract";
import type { TargetAnswer, TargetWish } from "../airspace/index.js";
import type { Control } from "./control-room.js";

export type FlyBody = ActBody<"fly">;
export type FlyDecision =
  | { readonly kind: "order"; readonly act: OrderVerb; readonly zone?: ZoneEntered }
  | { readonly kind: "refused"; readonly reason: string; readonly doThis: string };

/** A privacy zone that is entered for a reason. */
export type ZoneEntered = { readonly zone: string; readonly reason: PrivacyReason };

/** What is true now of the aircraft and of who asks. */
export type FlyView = {
  readonly personId: string;
  readonly onWatch: boolean;
  readonly control: Control | undefined;
  readonly callSign: string;
  readonly armed: boolean;
  readonly inAir: boolean;
  readonly linkLost: boolean;
  readonly doubt: string | undefined;
  readonly at: { readonly point: { latDeg: number; lonDeg: number }; readonly altAmslM: number } | undefined;
  readonly cruiseMps: number;
  readonly orbitRadiusM: number;
  readonly orbitMps: number;
  readonly check: (wish: TargetWish) => TargetAnswer;
  /** The privacy zone that a place, or a circle round it, lies in. */
  readonly privacyZone: (point: GeoPoint, radiusM: number) => string | undefined;
};

const refused = (reason: string, doThis: string): FlyDecision => ({ kind: "refused", reason, doThis });

/** A pilot's flying act, turned into an order or refused with the reason. Stop, return and land ask only who asks. */
export function decideFly(body: FlyBody, view: FlyView): FlyDecision {
  const name = view.callSign;
  const holds = view.control?.picId === view.personId;
  if (!holds && view.control !== undefined)
    return refused(`${view.control.picName} has control of ${name}.`, `Ask ${view.control.picName}, or take control.`);
  switch (body.verb) {
    case "hold":
    case "return":
    case "land":
    case "releaseStick":
      return { kind: "order", act: { verb: body.verb } };
    default:
      break;
  }
  if (!holds) return refused(`You do not have control of ${name}.`, "Take control first.");
  if (!view.onWatch) return refused("You are not on watch.", "Start a watch first.");
  if (body.verb === "emergencyStop")
    return view.armed || view.inAir
      ? { kind: "order", act: { verb: "emergencyStop" } }
      : refused(`${name} is not armed.`, "Nothing to do.");
  if (!view.inAir || view.at === undefined) return refused(`${name} is not in the air.`, "Launch it for an incident.");
  if (view.linkLost) return refused(`No contact with ${name}.`, "Wait for the link; its own failsafe brings it home.");
  if (body.verb === "takeStick") return { kind: "order", act: { verb: "takeStick" } };
  if (view.doubt !== undefined)
    return refused(`Its position is doubted: ${view.doubt}`, "Hold, then fly by hand or land at a clear place.");
  return move(body, view, view.at);
}

type MoveBody = Extract<FlyBody, { verb: "goto" | "orbit" | "changeHeight" }>;

function move(body: MoveBody, view: FlyView, at: NonNullable<FlyView["at"]>): FlyDecision {
  const radiusM = body.verb === "orbit" ? (body.radiusM ?? view.orbitRadiusM) : 0;
  const to = body.verb === "changeHeight" ? at.point : body.point;
  const altAglM = body.verb === "orbit" ? undefined : body.altAglM;
  const answer = view.check({ from: at.point, fromAltAmslM: at.altAmslM, to, altAglM, radiusM });
  if (answer.kind === "refused") return refused(answer.reason, "Choose another place or height.");
  const { altAmslM, groundAmslM } = answer;
  if (body.verb === "changeHeight") return { kind: "order", act: { verb: "changeHeight", altAmslM, groundAmslM } };
  const zone = enteredZone(view.privacyZone(to, radiusM), body.privacyReason);
  if (zone.kind === "refused") return zone;
  const target = { point: to, altAmslM, groundAmslM };
  const act: OrderVerb =
    body.verb === "goto"
      ? { verb: "goto", ...target, speedMps: view.cruiseMps }
      : { verb: "orbit", ...target, radiusM, speedMps: view.orbitMps };
  return { kind: "order", act, ...zone.entered };
}

/** Whoever wants into a privacy zone says why; where nobody is watched against an expectation there is nothing to say. */
export function enteredZone(
  zone: string | undefined,
  reason: PrivacyReason | undefined,
):
  | Extract<FlyDecision, { kind: "refused" }>
  | { readonly kind: "free"; readonly entered: { readonly zone?: ZoneEntered } } {
  if (zone === undefined) return { kind: "free", entered: {} };
  return reason === undefined
    ? { kind: "refused", reason: `That is in the privacy zone ${zone}.`, doThis: "Say why it must be, or stay out." }
    : { kind: "free", entered: { zone: { zone, reason } } };
}
