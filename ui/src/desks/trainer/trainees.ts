import { type AircraftView, heatCameraIdOf, type LaunchView, type RoomViews } from "@outrider/contract";
import { listText } from "../../parts/index.js";
import { phaseWord } from "../pilot/strips.js";

export interface Trainee {
  readonly personId: string;
  readonly name: string;
  readonly aircraft: number;
}

/** Pilots on watch, those who fly first: whoever flies is whom a trainer looks at. */
export function traineesOf(
  pilots: RoomViews["pilot"]["pilotsOnWatch"] | undefined,
  aircraft: readonly AircraftView[],
): readonly Trainee[] {
  const known = (pilots ?? []).map((p) => ({ personId: p.personId, name: p.name, aircraft: p.aircraft }));
  const flying = aircraft.flatMap((a) =>
    a.picId === undefined || known.some((k) => k.personId === a.picId)
      ? []
      : [{ personId: a.picId, name: a.picName ?? a.picId, aircraft: 1 }],
  );
  return [...known, ...flying].sort((a, b) => b.aircraft - a.aircraft);
}

export interface StripWord {
  readonly uid: string;
  readonly callSign: string;
  readonly text: string;
  readonly tone: "plain" | "amber" | "red";
}

/** The strips of one trainee's screen in words: his aircraft first, those in their docks last. */
export function stripWords(aircraft: readonly AircraftView[], personId: string | undefined): readonly StripWord[] {
  const rank = (a: AircraftView): number => (a.picId === personId && personId !== undefined ? 0 : a.inAir ? 1 : 2);
  return [...aircraft]
    .sort((a, b) => rank(a) - rank(b))
    .map((a) => ({
      uid: a.uid,
      callSign: a.callSign,
      text: stripText(a),
      tone:
        a.control === "failsafe" || a.link === "lost"
          ? "red"
          : a.link === "late" || a.control === "other"
            ? "amber"
            : "plain",
    }));
}

function stripText(a: AircraftView): string {
  const phase =
    a.control === "failsafe" ? "Own failsafe" : a.control === "other" ? "Flown by another station" : phaseWord(a.phase);
  if (a.link === "lost") return `${phase}, link lost`;
  if (a.link === "late") return `${phase}, link late`;
  if (!a.inAir) return a.ready || a.notReady === "" ? phase : `${phase}, not ready`;
  return a.videoState === "live"
    ? phase
    : `${phase}, ${a.videoState === "none" ? "no picture" : `picture ${a.videoState}`}`;
}

/** Cards that stand open before the trainee: the one that ends first is on top. */
export const openCards = (launches: readonly LaunchView[]): readonly LaunchView[] =>
  launches.filter((l) => l.phase === "proposed").sort((a, b) => a.expiresAtMs - b.expiresAtMs);

/** Who else has a page open, the crime center above all: no pilot on watch, and not the trainer himself. */
export function othersOf(
  screens: RoomViews["trainer"]["screens"],
  known: readonly (string | undefined)[],
): readonly { readonly personId: string; readonly name: string }[] {
  const others = new Map((screens ?? []).map((s) => [s.personId, s.name]));
  for (const personId of known) if (personId !== undefined) others.delete(personId);
  return [...others].map(([personId, name]) => ({ personId, name }));
}

/** A heat picture has an id of its own beside its aircraft's. */
function pictureName(cameraId: string, aircraft: readonly AircraftView[]): string {
  const light = aircraft.find((a) => a.uid === cameraId);
  if (light !== undefined) return light.callSign;
  const heat = aircraft.find((a) => heatCameraIdOf(a.uid) === cameraId);
  return heat === undefined ? cameraId : `${heat.callSign}’s heat`;
}

/** What he has open: how many pages, which incident, whose pictures. He may look elsewhere: this is what his screen holds. */
export function openWords(
  screens: RoomViews["trainer"]["screens"],
  personId: string,
  incidents: RoomViews["incidents"]["incidents"],
  aircraft: readonly AircraftView[],
): string {
  const his = (screens ?? []).filter((s) => s.personId === personId);
  if (his.length === 0) return "No page of his is open";
  const rooms = new Set(his.flatMap((s) => s.rooms));
  const open = incidents.filter((i) => rooms.has(`incident:${i.incidentId}`)).map((i) => i.title);
  const pictures = [...new Set(his.flatMap((s) => s.cameras))].map((id) => pictureName(id, aircraft));
  return [
    his.length > 1 ? `${his.length} pages` : "",
    open.length === 0 ? "no incident open" : `has open: ${listText(open)}`,
    pictures.length === 0 ? "no picture on" : `plays ${listText(pictures)}`,
  ]
    .filter((w) => w !== "")
    .join("; ");
}
