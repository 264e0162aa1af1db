import { newFact, type OrderVerb, type PrivacyReason } from "@outrider/contract";
import { actRoute, type Reply, type Route, type Session } from "../kernel/index.js";
import { type ControlCommand, decideControl } from "./decide-control.js";
import { decideFly, enteredZone, type FlyBody } from "./decide-fly.js";
import type { Person, TaskingDesk } from "./tasking-desk.js";

type Call = { readonly session: Session | undefined; readonly params: Readonly<Record<string, string>> };

/** Acts that fly, hand over or turn the camera of an aircraft. */
export function flyRoutes(desk: TaskingDesk): Route[] {
  const pic = ["pic"] as const;
  return [
    actRoute({
      act: "fly",
      roles: pic,
      handle: (call, reply) => withAircraft(desk, call, reply, (uid, by) => fly(desk, uid, by, call.body, reply)),
    }),
    actRoute({
      act: "bringAllDown",
      roles: ["pic", "supervisor"],
      handle: (call, reply) => bringAllDown(desk, call, reply),
    }),
    actRoute({
      act: "camera",
      roles: ["pic", "rtcc"],
      handle: (call, reply) => withAircraft(desk, call, reply, (uid, by) => camera(desk, uid, by, call.body, reply)),
    }),
    actRoute({
      act: "takeControl",
      roles: pic,
      handle: (call, reply) =>
        withAircraft(desk, call, reply, (uid, by) => control(desk, { kind: "take", uid, by }, reply)),
    }),
    actRoute({
      act: "offerControl",
      roles: pic,
      handle: (call, reply) =>
        withAircraft(desk, call, reply, (uid, by) => {
          const { to, text } = call.body;
          const toName = desk.deps.pilots.pilotsOnWatch().find((one) => one.personId === to)?.name ?? to;
          control(desk, { kind: "offer", uid, by, to, toName, text }, reply);
        }),
    }),
    actRoute({
      act: "acceptControl",
      roles: pic,
      handle: (call, reply) =>
        withAircraft(desk, call, reply, (uid, by) => control(desk, { kind: "accept", uid, by }, reply)),
    }),
    actRoute({
      act: "returnCamera",
      roles: ["pic", "rtcc"],
      handle: (call, reply) =>
        withAircraft(desk, call, reply, (uid, by) => control(desk, { kind: "returnCamera", uid, by }, reply)),
    }),
  ];
}

function withAircraft(desk: TaskingDesk, call: Call, reply: Reply, then: (uid: string, by: Person) => void): void {
  const uid = call.params["uid"] ?? "";
  const by = desk.person(call.session, call.session?.roles.includes("pic") === true ? "pic" : "rtcc");
  if (by === undefined) return reply.problem(401, "Not signed in", "This needs a person.", "Sign in.");
  if (desk.deps.fleet.aircraftConfig(uid) === undefined)
    return reply.problem(
      404,
      "No such aircraft",
      "No aircraft with this id is enrolled.",
      "Look at the list of aircraft.",
    );
  desk.deps.pilots.touchPresence(by.personId);
  then(uid, by);
}

function fly(desk: TaskingDesk, uid: string, by: Person, body: FlyBody, reply: Reply): void {
  const decision = decideFly(body, desk.flyView(uid, by));
  if (decision.kind === "refused") return desk.refuse(reply, by, body.verb, uid, decision.reason, decision.doThis);
  if (body.verb === "goto" || body.verb === "orbit") desk.enterZone(uid, body.verb, decision.zone, by);
  reply.ok({ orderId: desk.order(uid, decision.act, by) }, 202);
}

/** Everything in the air comes home, whoever flies it: the one act that needs no control. */
function bringAllDown(desk: TaskingDesk, call: Call, reply: Reply): void {
  const by = desk.person(call.session, call.session?.roles.includes("pic") === true ? "pic" : "supervisor");
  if (by === undefined) return reply.problem(401, "Not signed in", "This needs a person.", "Sign in.");
  const flying = desk.context.config.aircraft.filter((one) => desk.inAir(one.uid));
  reply.ok({ orderIds: flying.map((one) => desk.order(one.uid, { verb: "return" }, by)) }, 202);
}

function control(desk: TaskingDesk, command: ControlCommand, reply: Reply): void {
  const decision = decideControl(command, desk.state, {
    nowMs: desk.context.kernel.nowMs(),
    onWatch: (personId) => desk.onWatch(personId),
    presenceAgeMs: (personId) => desk.deps.pilots.presenceAgeMs(personId),
    inUse: desk.inUse(command.uid),
  });
  if (decision.kind === "refused")
    desk.refuse(reply, command.by, command.kind, command.uid, decision.reason, decision.doThis);
  else desk.commit(decision.facts, reply);
}

type CameraBody =
  | { verb: "look"; point: { latDeg: number; lonDeg: number }; privacyReason?: PrivacyReason | undefined }
  | { verb: "aim"; pitchDeg: number; yawDeg: number }
  | { verb: "level" }
  | { verb: "zoom"; hfovDeg: number };

function cameraOrder(desk: TaskingDesk, body: CameraBody): OrderVerb {
  switch (body.verb) {
    case "look":
      return lookAt(desk, body.point);
    case "aim":
      return { verb: "aimCamera", pitchDeg: body.pitchDeg, yawDeg: body.yawDeg };
    case "level":
      return { verb: "levelCamera" };
    case "zoom":
      return { verb: "zoomCamera", hfovDeg: body.hfovDeg };
  }
}

export function lookAt(desk: TaskingDesk, point: { latDeg: number; lonDeg: number }): OrderVerb {
  const { site } = desk.deps;
  return { verb: "pointCamera", point, altAmslM: site.groundAmslM(site.local(point)) };
}

function camera(desk: TaskingDesk, uid: string, by: Person, body: CameraBody, reply: Reply): void {
  const act = cameraOrder(desk, body);
  const held = desk.control(uid);
  const holder = held?.camera ?? (held === undefined ? undefined : { personId: held.picId, name: held.picName });
  if (holder?.personId !== by.personId)
    return desk.refuse(
      reply,
      by,
      act.verb,
      uid,
      holder === undefined ? "Nobody has control of it." : `${holder.name} holds its camera.`,
      "Ask for the camera first.",
    );
  if (!desk.inAir(uid))
    return desk.refuse(
      reply,
      by,
      act.verb,
      uid,
      `${desk.callSign(uid)} is not in the air.`,
      "Launch it for an incident.",
    );
  const cannot = act.verb === "zoomCamera" ? undefined : desk.cameraStuck(uid);
  if (cannot !== undefined) return desk.refuse(reply, by, act.verb, uid, cannot, "Turn the aircraft itself.");
  if (body.verb === "look") {
    const zone = enteredZone(desk.privacyZone(uid, body.point), body.privacyReason);
    if (zone.kind === "refused") return desk.refuse(reply, by, act.verb, uid, zone.reason, zone.doThis);
    desk.enterZone(uid, "look", zone.entered.zone, by);
  }
  reply.ok({ orderId: desk.order(uid, act, by) }, 202);
}

export const cameraGranted = (uid: string, personId: string, name: string, by: Person) =>
  newFact("CameraGranted", { uid, personId, name }, by);
