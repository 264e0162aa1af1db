import { type RefObject, useEffect, useRef } from "react";

/**
 * For the heading of a page that was opened by a press elsewhere: it takes the focus, which would be nowhere once the
 * pressed button is gone, and on a phone it comes into view, since it stands above what was seen.
 */
export function useHeadFocus(on: boolean): RefObject<HTMLHeadingElement | null> {
  const head = useRef<HTMLHeadingElement>(null);
  const opened = useRef(on);
  useEffect(() => {
    if (opened.current) head.current?.focus();
  }, []);
  return head;
}
