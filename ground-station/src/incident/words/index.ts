import type { Fact, TimelineLine } from "@outrider/contract";
import { cameraWords } from "./camera-words.js";
import { flightWords } from "./flight-words.js";
import { incidentWords } from "./incident-words.js";
import { launchWords } from "./launch-words.js";
import { sightingWords } from "./sighting-words.js";
import { skyWords } from "./sky-words.js";
import type { Speech } from "./speech.js";

export { vehicleText } from "./sighting-words.js";
export { byWhom, createSpeech, duration, kindWord, type Speech } from "./speech.js";

/** One line of the timeline for each fact that a person would tell; the raw facts beside it hold everything else. */
export function timelineLine(fact: Fact, speech: Speech): TimelineLine | undefined {
  const words =
    incidentWords(fact, speech) ??
    launchWords(fact, speech) ??
    flightWords(fact, speech) ??
    sightingWords(fact) ??
    cameraWords(fact) ??
    skyWords(fact, speech);
  return words === undefined ? undefined : { seq: fact.seq, tMs: fact.tMs, type: fact.type, ...words };
}
