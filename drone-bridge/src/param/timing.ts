/** Times of the parameter protocol, milliseconds of run time. A name that the aircraft lacks is answered by silence. */
export const paramTiming = {
  answerMs: 1_000,
  tries: 3,
  inFlight: 8,
  /** The list begins within this; a slow radio needs it. */
  listMs: 5_000,
  listTries: 4,
  /** No value for this long: the list is over, or its end was lost. 906 values come in about 1 s on a cable. */
  quietMs: 1_000,
  /** The last one has come: what was overtaken on the way follows within this, the rest is asked for. */
  endMs: 300,
  /** A missing value is asked for by its index this often. */
  indexTries: 5,
  indexInFlight: 10,
  slowestMs: 4_000,
  /** PX4 has 905 in use and 1691 in all; a peer that claims more than this is not believed. */
  mostParameters: 8_192,
} as const;
