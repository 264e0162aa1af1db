import { z } from "zod";

/** A figure in a sentence: as it is said there, and what it is, so that a reader can have it in units of his own. */
const wordedFigure = z.strictObject({
  said: z.string(),
  /** Metres, or metres a second. */
  value: z.number(),
  as: z.enum(["distance", "height", "speed", "visibility"]),
  /** Said without its unit: that of a figure before it. */
  bare: z.literal(true).optional(),
  /** To this side alone, so that no reader is told of more room than there is. Left out: to the nearest. */
  round: z.enum(["down", "up"]).optional(),
});
export type WordedFigure = z.infer<typeof wordedFigure>;

/** A sentence of the record in its parts. Read one after the other as they are said, they are its text. */
export const wording = z.array(z.union([z.string(), wordedFigure]));
export type Wording = z.infer<typeof wording>;

export const wordingText = (parts: Wording): string =>
  parts.map((part) => (typeof part === "string" ? part : part.said)).join("");
