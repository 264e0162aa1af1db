import type { Fact } from "@outrider/contract";
import { computed, type Speech, type Words } from "./speech.js";

/** Timeline words of other aircraft that came too near; undefined for other facts. */
export function skyWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "TrafficConflictBegan":
    case "TrafficConflictChanged": {
      const { uid, level, text, suggestion } = fact.data;
      const title = `${speech.callSign(uid)}: other aircraft, ${level}`;
      return computed(title, `${text} ${suggestion}`);
    }
    case "TrafficConflictEnded": {
      const { uid, leastM, why } = fact.data;
      return computed(
        `${speech.callSign(uid)}: other aircraft gone`,
        `They came within ${speech.near(leastM)}; ${why}.`,
      );
    }
    default:
      return undefined;
  }
}
