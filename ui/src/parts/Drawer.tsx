import { type ReactNode, useEffect, useState } from "react";
import "./drawer.css";

/** The right panel of a desk. Below 1200 px it is a drawer that opens by itself for something that needs a person. */
export function Drawer({
  title,
  wakes,
  children,
}: {
  readonly title: string;
  /** Changes when something in the panel needs a person; empty when nothing does. */
  readonly wakes: string;
  readonly children: ReactNode;
}): ReactNode {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (wakes !== "") setOpen(true);
  }, [wakes]);
  return (
    <aside className={open ? "drawer open" : "drawer"} aria-label={title}>
      <button type="button" className="drawer-tab" aria-expanded={open} onClick={() => setOpen((o) => !o)}>
        {open ? "Close" : title}
      </button>
      <div className="drawer-body">{children}</div>
    </aside>
  );
}
