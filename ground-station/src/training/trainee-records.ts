import type { Config, TraineeRecordView } from "@outrider/contract";
import { type CurrencyState, currencyOf, lastFlownMs, type WatchState } from "../people/index.js";

const dayMs = 86_400_000;

export type RecordsWish = {
  readonly state: CurrencyState;
  readonly watches: WatchState;
  readonly config: Config;
  readonly nowMs: number;
  /** Demo people are everybody and nobody: no watch of theirs depends on a record. */
  readonly isDemo: (personId: string) => boolean;
};

/** Everybody who flies or was trained here: his runs, how fresh each training is, and whether he may take a watch. */
export function traineeRecords(wish: RecordsWish): readonly TraineeRecordView[] {
  const { state, watches, config } = wish;
  const names = new Map<string, string>();
  for (const person of config.people) if (person.roles.includes("pic")) names.set(person.personId, person.name);
  for (const watch of watches.byPerson.values()) names.set(watch.personId, watch.name);
  for (const person of state.byPerson.values()) names.set(person.personId, person.name);
  return [...names]
    .map(([personId, name]) => recordOf(personId, name, wish))
    .sort((a, b) => (b.runs[0]?.tMs ?? 0) - (a.runs[0]?.tMs ?? 0) || a.name.localeCompare(b.name));
}

function recordOf(personId: string, name: string, { state, config, nowMs, isDemo }: RecordsWish): TraineeRecordView {
  const person = config.people.find((one) => one.personId === personId);
  const runs = state.byPerson.get(personId)?.runs ?? [];
  const enteredMs = person?.lastFlight === undefined ? undefined : Date.parse(`${person.lastFlight}T00:00:00Z`);
  const flownMs = lastFlownMs(enteredMs, runs, config.training);
  const lastFlightDays = flownMs === undefined ? undefined : Math.max(0, Math.floor((nowMs - flownMs) / dayMs));
  const limit = config.launch.currencyDays;
  const currency = currencyOf({ runs, entered: person?.trained ?? [] }, config.training, nowMs);
  const needed = new Set((config.training?.kinds ?? []).filter((one) => one.neededForWatch).map((one) => one.teaches));
  const missing = currency.find((one) => needed.has(one.teaches) && (one.state === "lapsed" || one.state === "never"));
  const why = isDemo(personId)
    ? ""
    : lastFlightDays === undefined
      ? "no flight on record"
      : lastFlightDays > limit
        ? `last flown ${lastFlightDays} days ago, limit ${limit}`
        : missing === undefined
          ? ""
          : `${missing.title}: ${missing.days === undefined ? "never passed" : `${missing.days} days ago, limit ${missing.withinDays}`}`;
  return {
    personId,
    name,
    lastFlightDays,
    currencyLimitDays: limit,
    mayTakeWatch: why === "",
    why,
    currency,
    runs: [...runs].reverse(),
  };
}
