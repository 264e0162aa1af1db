import { useEffect, useState } from "react";

/** Width of an element in CSS px, renewed when it changes; `first` until it was measured. */
export function useWidth(ref: { readonly current: HTMLElement | null }, first: number): number {
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const el = ref.current;
    if (el === null) return;
    const look = new ResizeObserver(() => setWidth(el.clientWidth));
    look.observe(el);
    return () => look.disconnect();
  }, [ref]);
  return width;
}
