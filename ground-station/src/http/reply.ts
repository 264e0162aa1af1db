import type { HttpResponse } from "@outrider/contract";
import type { Reply } from "../kernel/index.js";
import { jsonResponse, problemResponse } from "./problem.js";

/** A Reply that answers once: a second answer would reach somebody else's request on a kept-alive connection. */
export function replyOnce(respond: (response: HttpResponse) => void, onSecond: () => void): Reply {
  let answered = false;
  const once = (response: HttpResponse): void => {
    if (answered) {
      onSecond();
      return;
    }
    answered = true;
    respond(response);
  };
  return {
    ok: (body, status = 200) => once(jsonResponse(body, status)),
    problem: (status, title, detail, doThis) => once(problemResponse(status, title, detail, doThis)),
    raw: once,
  };
}
