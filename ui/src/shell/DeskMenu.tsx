import { type ReactNode, useState } from "react";
import type { DeskEntry, DeskId } from "../desks/index.js";

export interface DeskMenuProps {
  readonly desks: readonly DeskEntry[];
  readonly current: DeskId;
  readonly problem: string;
  readonly onOpen: (id: DeskId) => void;
  readonly onTheme: () => void;
  readonly onLeave: () => void;
}

/** Switch of desk for people with several roles, theme, and leaving. */
export function DeskMenu({ desks, current, problem, onOpen, onTheme, onLeave }: DeskMenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const act = (run: () => void) => (): void => {
    setOpen(false);
    run();
  };
  return (
    <div className="menu">
      <button type="button" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen((v) => !v)}>
        Desks
      </button>
      {open && (
        <div className="menu-list" role="menu">
          {desks.map((d) => (
            <button
              type="button"
              role="menuitem"
              key={d.id}
              aria-current={d.id === current ? "page" : undefined}
              onClick={act(() => onOpen(d.id))}
            >
              {d.title}
            </button>
          ))}
          <button type="button" role="menuitem" onClick={act(onTheme)}>
            Change the theme (T)
          </button>
          <button type="button" role="menuitem" onClick={onLeave}>
            Sign out
          </button>
          {problem !== "" && <p className="amber">{problem}</p>}
        </div>
      )}
    </div>
  );
}
