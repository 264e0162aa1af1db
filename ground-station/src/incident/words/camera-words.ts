import type { CameraTowards, Fact, FactOf } from "@outrider/contract";
import { measured, person, type Words } from "./speech.js";

function towardsWords(towards: CameraTowards): string {
  switch (towards.kind) {
    case "place":
      return "to a place";
    case "step":
      return "by hand";
    case "home":
      return "back home";
    case "preset":
      return `to its preset ${towards.name}`;
  }
}

/** Timeline words of fixed cameras that people turn; undefined for other facts. */
export function cameraWords(fact: Fact): Words | undefined {
  return fact.type === "CameraTurned" ? turnedWords(fact) : undefined;
}

function turnedWords({ data, by }: FactOf<"CameraTurned">): Words | undefined {
  const way = towardsWords(data.towards);
  switch (data.outcome) {
    case "turned":
      // Steps of the pad are in the record one by one; here they would push everything else out of sight.
      if (data.towards.kind === "step") return undefined;
      if (by.kind !== "person") return measured(`${data.name} went ${way} by itself`);
      return person(`${by.name} turned ${data.name} ${way}`);
    case "refused":
      return by.kind === "person"
        ? person(`${data.name} not turned ${way} for ${by.name}`, data.reason)
        : measured(`${data.name} did not go ${way} by itself`, data.reason);
    case "unconfirmed":
      return measured(`${data.name} may have turned ${way}`, data.reason);
    case "superseded":
      return undefined;
  }
}
