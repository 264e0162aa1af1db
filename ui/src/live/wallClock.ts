/** The browser's own clock, for forms that ask about a time of day; ages and order never come from it. */
export const wallClockMs = (): number => Date.now();
