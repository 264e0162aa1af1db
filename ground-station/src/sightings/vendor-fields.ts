import { z } from "zod";

/** Decoded size that a plate crop may have. */
export const mostImageBytes = 2 * 1024 * 1024;

export const short = (most: number) => z.string().min(1).max(most);

/** Base64 of a picture; measured before it is decoded. */
export const imageBase64 = z
  .string()
  .max(Math.ceil(mostImageBytes / 3) * 4, `the picture is larger than ${mostImageBytes} bytes`)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, "the picture is not base64");

/** Rekor's ranked guesses; the first is the best. */
export const named = z.array(z.object({ name: z.string().max(60), confidence: z.number() })).max(50);

/** Field names and what is wrong with them, never values: a refused body may hold a plate. */
export const describeProblem = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "(body)"}: ${issue.message}`)
    .join("; ");
