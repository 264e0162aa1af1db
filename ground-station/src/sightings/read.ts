import { type GeoPoint, geoPoint, type VehicleDescription, vehicleDescription } from "@outrider/contract";
import { z } from "zod";

/**
 * One vehicle passing one reader. Neither a fact (nobody decided anything) nor a sample (the newest does not replace
 * the rest): reads are kept for a while, apart from the record, and looked at only with a purpose.
 */
export const readSchema = z.strictObject({
  readId: z.string(),
  sourceId: z.string(),
  uuids: z.array(z.string()),
  isPreview: z.boolean(),
  readerId: z.string(),
  readerName: z.string(),
  /** Normalised; "" where the reader saw a car and no plate. */
  plate: z.string(),
  confidence: z.number(),
  /** Other readings at 70 of 100 or better, normalised, without the best. */
  others: z.array(z.string()),
  vehicle: vehicleDescription,
  atMs: z.number(),
  receivedMs: z.number(),
  point: geoPoint,
  headingDeg: z.number().optional(),
  cropId: z.string().optional(),
});
export type Read = {
  readonly readId: string;
  readonly sourceId: string;
  readonly uuids: readonly string[];
  readonly isPreview: boolean;
  readonly readerId: string;
  readonly readerName: string;
  readonly plate: string;
  readonly confidence: number;
  readonly others: readonly string[];
  readonly vehicle: VehicleDescription;
  readonly atMs: number;
  readonly receivedMs: number;
  readonly point: GeoPoint;
  readonly headingDeg?: number | undefined;
  readonly cropId?: string | undefined;
};
