import { type ActBody, type FactData, type NewFact, newFact, type Place } from "@outrider/contract";
import { actRoute, type Reply, type Route } from "../kernel/index.js";
import { launchRoom } from "../launch/index.js";
import type { Ask } from "./control-room.js";
import { cameraGranted, lookAt } from "./fly-routes.js";
import type { Person, TaskingDesk } from "./tasking-desk.js";

/** Tasking is asked and answered with a word: an operator never moves what a pilot answers for. */
export function askRoutes(desk: TaskingDesk): Route[] {
  return [
    actRoute({
      act: "ask",
      roles: ["rtcc", "pic", "supervisor"],
      handle: ({ body, params, session }, reply) => {
        const by = desk.person(session, session?.roles.includes("rtcc") === true ? "rtcc" : "pic");
        if (by !== undefined) ask(desk, params["incidentId"] ?? "", body, by, reply);
      },
    }),
    actRoute({
      act: "answerAsk",
      roles: ["pic"],
      handle: ({ body, params, session }, reply) => {
        const by = desk.person(session);
        const one = desk.state.asks.get(params["askId"] ?? "");
        if (by === undefined || one === undefined)
          return reply.problem(404, "No such ask", "Nobody asks this any more.", "Nothing to do.");
        answer(desk, one, body, by, reply);
      },
    }),
  ];
}

function ask(desk: TaskingDesk, incidentId: string, body: ActBody<"ask">, by: Person, reply: Reply): void {
  const { kernel } = desk.context;
  if (!kernel.state(launchRoom).incidents.open.has(incidentId))
    return desk.refuse(
      reply,
      by,
      `ask-${body.kind}`,
      undefined,
      "This incident is not open.",
      "Open an incident first.",
    );
  if (body.kind !== "aircraft" && desk.control(body.uid) === undefined)
    return desk.refuse(
      reply,
      by,
      `ask-${body.kind}`,
      body.uid,
      `${desk.callSign(body.uid)} has no pilot now.`,
      "Ask for an aircraft.",
    );
  const askId = kernel.newId("ask");
  desk.commit([newFact("AskMade", { incidentId, askId, ask: wish(body) }, by)], reply, { askId });
}

function wish(body: ActBody<"ask">): FactData<"AskMade">["ask"] {
  switch (body.kind) {
    case "aircraft":
    case "camera":
      return body;
    case "look":
      return { kind: "look", uid: body.uid, place: placeOf(body.point, body.label) };
    case "follow":
      return {
        kind: "follow",
        uid: body.uid,
        description: body.description,
        place: placeOf(body.point, body.description),
      };
  }
}

const placeOf = (point: Place["point"], label: string): Place => ({
  point,
  error: { semiMajorM: 0, semiMinorM: 0, bearingDeg: 0 },
  label,
});

function answer(
  desk: TaskingDesk,
  one: Ask,
  body: { accepted: boolean; word: string },
  by: Person,
  reply: Reply,
): void {
  if (one.state !== "open")
    return desk.refuse(reply, by, "answerAsk", undefined, "This has been answered already.", "Nothing to do.");
  if (!desk.onWatch(by.personId))
    return desk.refuse(reply, by, "answerAsk", undefined, "You are not on watch.", "Start a watch first.");
  const uid = one.ask.kind === "aircraft" ? undefined : one.ask.uid;
  if (uid !== undefined && desk.control(uid)?.picId !== by.personId)
    return desk.refuse(
      reply,
      by,
      "answerAsk",
      uid,
      `You do not have control of ${desk.callSign(uid)}.`,
      "Its pilot answers.",
    );
  const looks = one.ask.kind === "look" || one.ask.kind === "follow" ? one.ask : undefined;
  const zone = looks === undefined || !body.accepted ? undefined : desk.privacyZone(looks.uid, looks.place.point);
  if (zone !== undefined)
    return desk.refuse(
      reply,
      by,
      "answerAsk",
      uid,
      `That is in the privacy zone ${zone}.`,
      "Pick the place on your own map and say why, or refuse it.",
    );
  const { askId, incidentId } = one;
  const facts: NewFact[] = [newFact("AskAnswered", { incidentId, askId, ...body }, by)];
  if (body.accepted && one.ask.kind === "camera") facts.push(cameraGranted(one.ask.uid, one.byId, one.byName, by));
  desk.commit(facts, reply);
  if (!body.accepted || uid === undefined) return;
  if (looks !== undefined) desk.order(uid, lookAt(desk, looks.place.point), by);
}
