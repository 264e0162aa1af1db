import type { AircraftView } from "@outrider/contract";
import { useRef } from "react";

/** Order in which each was first seen in the air: strips are never sorted under the pilot's hand. */
export function useFixedOrder(aircraft: readonly AircraftView[]): readonly AircraftView[] {
  const order = useRef(new Map<string, number>());
  const next = useRef(0);
  for (const a of aircraft) {
    if (a.inAir && !order.current.has(a.uid)) order.current.set(a.uid, next.current++);
    if (!a.inAir) order.current.delete(a.uid);
  }
  const rank = (a: AircraftView): number => order.current.get(a.uid) ?? Number.MAX_SAFE_INTEGER;
  return [...aircraft].sort((a, b) => rank(a) - rank(b));
}
