import type { RestrictionView, SkyView } from "@outrider/contract";
import type { SceneZone } from "../../scene/index.js";

/** "until 14:30, ground to 3,000 ft AGL", by which paper it may be entered, and what of it could not be read. */
function detailOf({ state, when, heights, doubt, waiver }: RestrictionView): string {
  if (state === "unclear") return `read the notice: ${doubt}`;
  const more = [waiver === "" ? "" : `waiver ${waiver}`, doubt].filter((text) => text !== "");
  return [`${when}, ${heights}`, ...more].join("; ");
}

/** Published flight restrictions on the map: red where they hold, dashed before they do, amber where nobody could read it. */
export function restrictionZones(sky: SkyView | undefined): readonly SceneZone[] {
  return (sky?.restrictions ?? []).flatMap((one) => {
    const { restrictionId, notam, areas, state } = one;
    if (state === "over") return [];
    const look = state === "unclear" ? "unclear" : state === "coming" || one.waiver !== "" ? "open" : "closed";
    // One name for a notice of several areas: at its first.
    return areas.map(
      ({ outer, holes }, i): SceneZone => ({
        ...{ id: `${restrictionId}:${i}`, kind: "restriction", ring: outer, holes, look },
        ...(i === 0 ? { label: `NOTAM ${notam}`, detail: detailOf(one) } : { label: "" }),
      }),
    );
  });
}

/** What is published and cannot be drawn, in words: nobody knows where it lies. */
export const placelessNotices = (sky: SkyView | undefined): readonly string[] =>
  (sky?.restrictions ?? [])
    .filter((one) => one.areas.length === 0)
    .map((one) => `NOTAM ${one.notam}: ${one.doubt}. Read the notice.`);
