import type { ReactNode } from "react";

/** Where a panel has nothing, waits, or broke: what is awaited, what still works, what to do. Never a spinner. */
export function Notice({
  title,
  text,
  tone = "plain",
  action,
}: {
  readonly title: string;
  readonly text: string;
  readonly tone?: "plain" | "caution";
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div
      className={tone === "caution" ? "card notice amber" : "card notice"}
      role={tone === "caution" ? "alert" : "status"}
    >
      <b>{title}</b>
      <p>
        {text} {action}
      </p>
    </div>
  );
}
