import { useSyncExternalStore } from "react";

const QUERY = "(max-width: 700px)";

/** A phone: pilots may watch and stop, not launch. */
export function useSmall(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(QUERY);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(QUERY).matches,
  );
}
