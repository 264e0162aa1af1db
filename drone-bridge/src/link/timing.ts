/** Times of the link layer, milliseconds. */
export const linkTiming = {
  /** A sender that never carried an autopilot is forgotten: a port scanner must not become a target for ever. */
  strangerExpiryMs: 10_000,
  /** An aircraft that fell silent may still hear us, and our heartbeat is what keeps its own failsafe from acting. */
  aircraftExpiryMs: 30 * 60_000,
  reopenFirstMs: 500,
  reopenMaxMs: 5_000,
  /** A serial port may stop without `close`: silence this long makes it reopened. */
  serialStallMs: 5_000,
  /** A TCP peer that vanished without a word: an autopilot behind it would have spoken ten times. */
  tcpStallMs: 10_000,
  /** A peer known by name is looked up again after this much silence: a modem that dialled in again has moved. */
  lookAgainMs: 5_000,
} as const;
