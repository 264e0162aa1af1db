import type { ReactNode } from "react";
import { timeOfDay } from "./words.js";

/** One fact in words. A measured thing is a dot, a person's decision a green dot, a computed thing a magenta diamond. */
export interface TimelineItem {
  readonly id: string;
  readonly tMs: number;
  readonly kind: "measured" | "person" | "computed" | "heard";
  readonly title: string;
  readonly detail: string;
}

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  /** Facts after this are marked "while you were away". */
  readonly awaySinceMs?: number | undefined;
  readonly empty: string;
}

export function Timeline({ items, awaySinceMs, empty }: TimelineProps): ReactNode {
  if (items.length === 0) return <p className="empty">{empty}</p>;
  const firstNew = awaySinceMs === undefined ? -1 : items.findIndex((i) => i.tMs > awaySinceMs);
  return (
    <ol className="timeline">
      {items.map((item, i) => (
        <li key={item.id} className={`ev ${item.kind}`}>
          {i === firstNew && i > 0 && <span className="away">while you were away</span>}
          <time>{timeOfDay(item.tMs)}</time>
          <span className="dot" aria-hidden="true" />
          <div className="ev-text">
            {item.title}
            {item.detail !== "" && <span>{item.detail}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}
