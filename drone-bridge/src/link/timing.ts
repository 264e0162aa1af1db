/** Times of the link layer, milliseconds of run time. */
export const linkTiming = {
  /** A UDP sender that never carried an autopilot is forgotten: a port scanner must not become a target for ever. */
  strangerExpiryMs: 10_000,
  /** An aircraft that fell silent may still hear us, and our heartbeat is what keeps its own failsafe from acting. */
  aircraftExpiryMs: 30 * 60_000,
  reopenFirstMs: 500,
  reopenMaxMs: 5_000,
  /** A serial port may stop without `close`: silence this long makes it reopened. */
  serialStallMs: 5_000,
  /** Rest of a cut frame is waited for this long before the bytes are searched again. */
  cutFrameMs: 200,
} as const;
