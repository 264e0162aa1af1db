import { type Fact, needsPlace } from "@outrider/contract";
import { byWhom, computed, duration, kindWord, measured, person, type Speech, type Words } from "./speech.js";

const realWords = {
  real: "It was real",
  "not-real": "It was not real",
  unknown: "Not known whether it was real",
} as const;

function askWords(fact: Extract<Fact, { type: "AskMade" }>, speech: Speech): string {
  const { ask } = fact.data;
  switch (ask.kind) {
    case "aircraft":
      return `an aircraft: ${ask.reason}`;
    case "look":
      return `${speech.callSign(ask.uid)} to look at ${ask.place.label}`;
    case "follow":
      return `${speech.callSign(ask.uid)} to follow ${ask.description}`;
    case "camera":
      return `the camera of ${speech.callSign(ask.uid)}`;
  }
}

/** Timeline words of alerts, notes, asks and closing; undefined for other facts. */
export function incidentWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "AlertReceived": {
      const { alert } = fact.data;
      const lateS = (alert.receivedAtMs - alert.occurredAtMs) / 1000;
      if (needsPlace(alert))
        return measured(
          `${kindWord[alert.kind] ?? alert.kind}: ${alert.title}`,
          `No position: "${alert.place.label}". Somebody has to set its place. ${alert.narrative}`.trim(),
        );
      const heard = lateS > 1 ? `${duration(lateS)} after it happened, ` : "";
      return measured(
        `${kindWord[alert.kind] ?? alert.kind}: ${alert.title}`,
        `${heard}within ${speech.near(alert.place.error.semiMajorM)} of ${alert.place.label}. ${alert.narrative}`.trim(),
      );
    }
    case "IncidentOpened":
      return computed(`Incident ${fact.data.number} opened`, fact.data.title);
    case "AlertMerged":
      return computed(
        "Taken as the same incident",
        `${speech.near(fact.data.distanceM)} and ${duration(fact.data.gapS)} apart. Both places are kept.`,
      );
    case "AlertUpdated":
      return measured(`Source says more: ${fact.data.alert.title}`, fact.data.alert.narrative);
    case "AlertCancelled":
      return measured("Source took its alert back", fact.data.reason);
    case "PlaceSet":
      return person(`Place set by ${byWhom(fact.by)}`, `${fact.data.address}: ${fact.data.text}`);
    case "IncidentNoteAdded":
      return person(`Note by ${byWhom(fact.by)}`, fact.data.text);
    case "IncidentClosed":
      return person(`Closed by ${byWhom(fact.by)}`, `${realWords[fact.data.real]}. ${fact.data.reason}`);
    case "AskMade":
      return person(`${byWhom(fact.by)} asked for ${askWords(fact, speech)}`);
    case "AskAnswered":
      return person(`${byWhom(fact.by)} ${fact.data.accepted ? "said yes" : "said no"}`, fact.data.word);
    default:
      return undefined;
  }
}
