import { type ReactNode, useState } from "react";

/** A part of a panel that is used now and then: a heading that opens it, with one fact beside it while closed. */
export function Fold({
  title,
  fact = "",
  open = false,
  children,
}: {
  readonly title: string;
  readonly fact?: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const [shown, setShown] = useState(open);
  return (
    <section className={shown ? "fold open" : "fold"}>
      <button type="button" className="fold-head" aria-expanded={shown} onClick={() => setShown((s) => !s)}>
        <svg className="mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
          <path d={shown ? "M1 3l4 4 4-4" : "M3 1l4 4-4 4"} fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
        <b>{title}</b>
        <span>{fact}</span>
      </button>
      {shown && <div className="fold-body">{children}</div>}
    </section>
  );
}
