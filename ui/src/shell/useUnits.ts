import { useState } from "react";
import type { Units } from "../parts/index.js";

/** How this person reads heights, speeds and ways. Kept per person on this computer; inside everything stays SI. */
export function useUnits(personId: string): readonly [Units, (units: Units) => void] {
  const [chosen, setChosen] = useState<{ readonly personId: string; readonly units: Units }>();
  const units = chosen?.personId === personId ? chosen.units : storedUnits(localStorage.getItem(keyOf(personId)));
  return [
    units,
    (next) => {
      setChosen({ personId, units: next });
      localStorage.setItem(keyOf(personId), next);
    },
  ];
}

const keyOf = (personId: string): string => `units:${personId}`;

/** Anything but a stored choice is what United States agencies fly by. */
export const storedUnits = (value: string | null): Units => (value === "metric" ? "metric" : "imperial");
