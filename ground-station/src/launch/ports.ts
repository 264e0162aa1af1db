/** A pilot on watch, as the people room knows them. */
export type PilotOnWatch = {
  readonly watchId: string;
  readonly personId: string;
  readonly name: string;
  readonly sinceMs: number;
  readonly certificateUntilMs: number;
  readonly currencyDays: number;
};

/** What launch, tasking and alarms ask about people. The people room fits it. */
export type PilotsPort = {
  pilotsOnWatch(): readonly PilotOnWatch[];
  /** Run-time age of the last real input at a visible page. */
  presenceAgeMs(personId: string): number;
  /** Whoever decides or flies has just been there. */
  touchPresence(personId: string): void;
};
