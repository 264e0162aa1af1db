import { type NewFact, newFact } from "@outrider/contract";
import { actorOf, actRoute, type Reply, type Route, type Session, type StationContext } from "../kernel/index.js";
import { supervisionRoom } from "./supervision-room.js";

const roles = ["supervisor"] as const;

/** Sequence out of a path; undefined for what is none. */
const seqOf = (params: Readonly<Record<string, string>>): number | undefined => {
  const seq = Number(params["seq"]);
  return Number.isInteger(seq) && seq > 0 ? seq : undefined;
};

/** What a supervisor says of a decision or of somebody's search, with his name: the last word counts, all are kept. */
export function reviewRoutes(context: StationContext): readonly Route[] {
  return [
    actRoute({
      act: "reviewDecision",
      roles,
      handle: ({ body, params, session }, reply) => {
        const seq = seqOf(params);
        const held = context.kernel.state(supervisionRoom).decisions.find((one) => one.seq === seq);
        if (session === undefined) return;
        if (held === undefined) return noSuch(reply, "decision");
        const { incidentId } = held;
        const fact = newFact(
          "DecisionReviewed",
          { seq: held.seq, incidentId, ...body },
          actorOf(session, "supervisor"),
        );
        review(context, { session, whose: held.personId, text: body.text, fine: body.verdict === "good", fact }, reply);
      },
    }),
    actRoute({
      act: "reviewSearch",
      roles,
      handle: ({ body, params, session }, reply) => {
        const seq = seqOf(params);
        const held = context.kernel.state(supervisionRoom).searches.find((one) => one.seq === seq);
        if (session === undefined) return;
        if (held === undefined) return noSuch(reply, "search");
        const { personId } = held;
        const fact = newFact("SearchReviewed", { seq: held.seq, personId, ...body }, actorOf(session, "supervisor"));
        review(context, { session, whose: personId, text: body.text, fine: body.verdict === "legit", fact }, reply);
      },
    }),
  ];
}

type Review = {
  readonly session: Session;
  readonly whose: string | undefined;
  readonly text: string;
  readonly fine: boolean;
  readonly fact: NewFact;
};

const noSuch = (reply: Reply, what: string): void =>
  reply.problem(404, `No such ${what}`, `There is no ${what} with this sequence, or it is too long ago.`);

function review(context: StationContext, { session, whose, text, fine, fact }: Review, reply: Reply): void {
  if (whose === session.personId)
    return reply.problem(409, "Your own", "Nobody reviews what he did himself.", "Leave it to another supervisor.");
  if (!fine && text === "")
    return reply.problem(422, "Words needed", "Say what is to be followed up.", "Write a sentence.");
  context.kernel.commit([fact], (durable) =>
    durable.kind === "ok"
      ? reply.ok({ seq: durable.facts[0]?.seq }, 201)
      : reply.problem(503, "Not recorded", "The record cannot be written.", "Free the disk, then try again."),
  );
}
