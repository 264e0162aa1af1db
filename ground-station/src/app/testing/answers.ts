import type { HttpResponse, Role } from "@outrider/contract";
import type { Reply, Session } from "../../kernel/index.js";

/** What a route answered: its body, or the whole response where it wrote that itself. */
export type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly raw: HttpResponse | undefined;
};

/** @throws Error where the route answers twice or not at all */
export function answered(run: (reply: Reply) => void): Answer {
  let answer: Answer | undefined;
  const set = (one: Answer): void => {
    if (answer !== undefined) throw new Error("answered twice");
    answer = one;
  };
  run({
    // A test looks into the body it expects: another one fails there.
    ok: (body, status = 200) => set({ status, body: body as Record<string, unknown>, raw: undefined }),
    problem: (status, title, detail, doThis) => set({ status, body: { title, detail, doThis }, raw: undefined }),
    raw: (raw) => set({ status: raw.status, body: {}, raw }),
  });
  if (answer === undefined) throw new Error("was not answered");
  return answer;
}

export const person = (personId: string, roles: readonly Role[] = ["rtcc"]): Session => ({
  personId,
  name: `Name of ${personId}`,
  roles,
  demo: true,
  sessionId: `s-${personId}`,
});
