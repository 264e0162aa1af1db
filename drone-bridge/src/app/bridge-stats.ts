/** What a bridge counts of itself. */
export type BridgeStats = {
  readonly aircraft: number;
  readonly journalSeq: number;
  readonly heartbeatsOut: boolean;
  readonly station: { connected: boolean; badMessages: number; skippedSamples: number };
  readonly links: readonly { name: string; state: string; frames: number; crcErrors: number; lost: number }[];
};
