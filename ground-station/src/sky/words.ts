import type { StrangerKind } from "@outrider/contract";
import { feetFromMetres } from "@outrider/geo";
import { figure } from "../gates/index.js";
import type { Mover } from "./motion.js";
import type { Stranger } from "./stranger-book.js";

const winds = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;
export const windOf = (bearingDeg: number): string => winds[Math.round(bearingDeg / 45) % winds.length] ?? "north";

const kindWords: Readonly<Record<StrangerKind, string>> = {
  helicopter: "helicopter",
  aeroplane: "aeroplane",
  drone: "drone of somebody else",
  glider: "glider",
  aircraft: "aircraft",
};

export const nameOf = ({ callSign, trafficId }: Pick<Stranger, "callSign" | "trafficId">): string =>
  callSign ?? (trafficId.length > 12 ? `${trafficId.slice(0, 8)}…` : trafficId.toUpperCase());

export const whoText = (stranger: Stranger): string => {
  const doubted = (stranger.doubts ?? []).length > 0 ? " (doubted)" : "";
  return `${nameOf(stranger)} ${kindWords[stranger.kind]}${doubted}`;
};

export const farText = (metres: number): string =>
  metres < 995 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`;

/** The same for whoever reads it in other units. */
export const farFigure = (metres: number) => figure("distance", metres, farText(metres));

/** Heights of aircraft are said in feet wherever they fly. */
const feetText = (metres: number): string =>
  `${(Math.round(feetFromMetres(metres) / 10) * 10).toLocaleString("en-US")} ft`;

/** Of one that may be anywhere in its band the middle is said; what the band holds is what is reckoned with. */
export function heightText(
  { height, onGround }: Pick<Mover, "height" | "onGround">,
  groundAmslM: number | undefined,
): string {
  if (onGround) return "on the ground";
  if (height === undefined) return "height unknown";
  const altAmslM = (height.lowM + height.highM) / 2;
  return groundAmslM === undefined
    ? `${feetText(altAmslM)} above sea level`
    : `${feetText(Math.max(0, altAmslM - groundAmslM))} above ground`;
}

/** The same in the least of words: two lines of the alarm bar hold who, where, when and what was agreed. */
export const shortWindOf = (bearingDeg: number): string =>
  windOf(bearingDeg)
    .split("-")
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
export const shortHeight = (text: string): string =>
  text.replace("above ground", "AGL").replace("above sea level", "AMSL");

/** "closest 310 m in 40 s", or that it goes away. */
export const closestText = (closestM: number, inS: number): string =>
  inS < 1 ? "going away" : `closest ${farText(closestM)} in ${Math.round(inS)} s`;

/** Descending makes well clear only where it stays high enough above the floor (flight.md 5.5). */
export function suggestionFor(
  mover: Pick<Mover, "height" | "onGround">,
  groundAmslM: number | undefined,
  limits: { readonly floorAglM: number; readonly verticalM: number },
): string {
  const lowAglM = mover.height === undefined || groundAmslM === undefined ? undefined : mover.height.lowM - groundAmslM;
  // Short, since it stands behind the alarm's text in two lines of the bar.
  if (lowAglM !== undefined && lowAglM >= limits.floorAglM + limits.verticalM)
    return `Agreed: descend to ${feetText(limits.floorAglM)} and hold.`;
  // Down would be into it: first away from its line (flight.md 5.5).
  return "Agreed: move aside, then hold or land.";
}
