import type { Chance, Config } from "@outrider/contract";
import { flockAlert, type PlatePass, plateRecognizerHook, rekorGroup, uuidOf } from "../sensors/index.js";

export type ReaderFormat = "rekor" | "plateRecognizer" | "flock";

type Told = {
  readonly path: string;
  readonly sendsCrops: boolean;
  /** What is posted of a pass; undefined: such a vendor posts nothing of it. `onList`: its plate, as read, is sought. */
  documentOf(pass: PlatePass, onList: boolean, chance: Pick<Chance, "bytes">): unknown;
};

const intake = "/api/v1/intake/alpr";

/** How each vendor's software tells of a pass, and where. */
export const readerFormats: Readonly<Record<ReaderFormat, Told>> = {
  rekor: { path: `${intake}/rekor`, sendsCrops: true, documentOf: (pass) => rekorGroup(pass) },
  plateRecognizer: {
    path: `${intake}/plate-recognizer`,
    sendsCrops: false,
    documentOf: (pass) => plateRecognizerHook(pass),
  },
  flock: {
    path: `${intake}/flock`,
    sendsCrops: false,
    // Its network tells subscribers of matches alone: a misread of a sought plate is on no list.
    documentOf: (pass, onList, chance) =>
      onList
        ? flockAlert(pass, { object: uuidOf(chance.bytes(16)), device: deviceUuid(pass.cameraNumber) })
        : undefined,
  },
};

/** The same device has the same name in every run. */
const deviceUuid = (number: number): string =>
  uuidOf(Uint8Array.from({ length: 16 }, (_, i) => (number * (i + 1)) & 255));

/** The format that goes with a source's kind; undefined: no reader posts as it. */
export function formatOfSource(kind: Config["sources"][number]["kind"]): ReaderFormat | undefined {
  if (kind === "alpr/rekor") return "rekor";
  if (kind === "alpr/plate-recognizer") return "plateRecognizer";
  return kind === "alpr/flock" ? "flock" : undefined;
}
