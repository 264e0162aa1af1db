import { useEffect, useRef } from "react";
import { type AlarmSound, alarmSound } from "./alarmSound.js";

/**
 * Browsers keep sound off until a person has touched the page. While sound is wanted, the first press or key brings it
 * on, so that nobody has to find a button for it; until then the desk must say that it is silent.
 */
export function useGestureSound(wanted: boolean, onSound: (sound: AlarmSound) => void): void {
  const latest = useRef(onSound);
  latest.current = onSound;
  useEffect(() => {
    if (!wanted) return;
    const start = (): void => {
      stop();
      latest.current(alarmSound());
    };
    const stop = (): void => {
      window.removeEventListener("pointerdown", start, true);
      window.removeEventListener("keydown", start, true);
    };
    window.addEventListener("pointerdown", start, true);
    window.addEventListener("keydown", start, true);
    return stop;
  }, [wanted]);
}
