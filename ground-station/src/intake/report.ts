import type { Alert } from "@outrider/contract";

/** What a vendor's message says, before this station has decided anything about it. */
export type AlertDraft = Omit<
  Alert,
  "alertId" | "sourceId" | "signed" | "receivedAtMs" | "realOf100" | "revision" | "placedBy"
> & {
  /** Undefined where the format has no revisions: then the same content is the same message and other content an update. */
  readonly revision: number | undefined;
};

/** What a draft has in the place of a position that its source does not give. */
export const nowhere = (label: string): Pick<AlertDraft, "place" | "addressOnly"> => ({
  place: { point: { latDeg: 0, lonDeg: 0 }, error: circle(1), label },
  addressOnly: true,
});

export type Report =
  | { readonly kind: "alert"; readonly draft: AlertDraft }
  | {
      readonly kind: "cancel";
      readonly sourceIncidentId: string;
      readonly reason: string;
      readonly revision: number | undefined;
    };

export type ReadResult =
  | { readonly kind: "reports"; readonly reports: readonly Report[] }
  | { readonly kind: "bad"; readonly status: 400 | 422; readonly detail: string };

export type ReadContext = { readonly nowMs: number; readonly prov: "live" | "sim" };
export type Reader = (body: Uint8Array, context: ReadContext) => ReadResult;

export const bad = (detail: string, status: 400 | 422 = 422): ReadResult => ({ kind: "bad", status, detail });
export const reports = (...list: readonly Report[]): ReadResult => ({ kind: "reports", reports: list });

/** A circle of 95 %. */
export const circle = (radiusM: number) => ({ semiMajorM: radiusM, semiMinorM: radiusM, bearingDeg: 0 });

/** RFC 3339 with an offset; undefined for local times, since a CAD that names none is hours wrong twice a year. */
export function timeWithOffset(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const tMs = Date.parse(text);
  return Number.isNaN(tMs) ? undefined : tMs;
}

export const clip = (text: string, most: number): string => text.replace(/\s+/g, " ").trim().slice(0, most);
