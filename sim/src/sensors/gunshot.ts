import type { GeoPoint } from "@outrider/contract";

export type ShotReport = {
  readonly source: string;
  readonly sourceIncidentId: string;
  readonly revision: number;
  readonly occurredMs: number;
  readonly publishedMs: number;
  readonly point: GeoPoint;
  readonly radiusM: number;
  readonly address: string;
  readonly rounds: number;
  readonly workflow: "machine" | "published" | "reclassified" | "dismissed";
  readonly kind: "gunfire" | "possible_gunfire" | "fireworks";
  /** Nobody has listened yet; left out: a reviewer has. */
  readonly classifier?: "machine" | "human";
  /** How sure its class is, 0 to 1; left out: as sure as a reviewer is. */
  readonly confidence?: number;
};

/** The product's canonical gunshot alert, as the adapter of a gunshot network would post it. */
export function gunshotDocument(report: ShotReport): unknown {
  return {
    source: report.source,
    sourceIncidentId: report.sourceIncidentId,
    revision: report.revision,
    kind: report.kind,
    classifier: report.classifier ?? "human",
    workflow: report.workflow,
    confidence: report.confidence ?? 0.9,
    occurredAt: new Date(report.occurredMs).toISOString(),
    publishedAt: new Date(report.publishedMs).toISOString(),
    location: {
      lat: round7(report.point.latDeg),
      lon: round7(report.point.lonDeg),
      radiusM: report.radiusM,
      address: report.address,
    },
    rounds: report.rounds,
    flags: [],
  };
}

const round7 = (deg: number): number => Math.round(deg * 1e7) / 1e7;
