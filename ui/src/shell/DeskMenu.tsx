import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { DeskEntry, DeskId } from "../desks/index.js";
import type { Units } from "../parts/index.js";
import type { ThemeName } from "../theme/index.js";
import "./shell.css";

export interface DeskMenuProps {
  readonly desks: readonly DeskEntry[];
  readonly current: DeskId | undefined;
  readonly problem: string;
  readonly theme: ThemeName;
  readonly units: Units;
  readonly onOpen: (id: DeskId) => void;
  readonly onTheme: (theme: ThemeName) => void;
  readonly onUnits: (units: Units) => void;
  readonly onLeave: () => void;
}

const THEMES: readonly (readonly [ThemeName, string])[] = [
  ["night", "Night"],
  ["day", "Day"],
  ["dim", "Dim, for a dark room"],
];
const UNITS: readonly (readonly [Units, string])[] = [
  ["imperial", "Feet, knots, miles"],
  ["metric", "Metres, m/s, kilometres"],
];

/** Switch of desk for people with several roles, theme, units, and leaving. Arrows move, Escape closes. */
export function DeskMenu(p: DeskMenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useClosing(root, open, setOpen);
  const onKeyDown = (e: KeyboardEvent): void => {
    if (!open) return;
    // A key inside an open menu is the menu's: T, Escape and the arrows must not also reach the desk behind it.
    e.stopPropagation();
    if (e.key === "Escape") close();
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      moveFocus(root.current, e.key === "ArrowDown" ? 1 : -1);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are caught on their way up from the menu's own buttons.
    <div className="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen((v) => !v)}
        className="menu-button"
      >
        Desks
      </button>
      {open && <Items {...p} onClose={close} />}
    </div>
  );
}

function Items(p: DeskMenuProps & { readonly onClose: () => void }): ReactNode {
  return (
    <div className="menu-list" role="menu" aria-label="Desks and settings">
      {p.desks.map((d) => (
        <button
          type="button"
          role="menuitem"
          key={d.id}
          aria-current={d.id === p.current ? "page" : undefined}
          onClick={() => {
            p.onClose();
            p.onOpen(d.id);
          }}
        >
          {d.title}
        </button>
      ))}
      <p className="menu-title">Theme</p>
      {THEMES.map(([id, title]) => (
        <Choice key={id} title={title} on={p.theme === id} onChoose={() => p.onTheme(id)} />
      ))}
      <p className="menu-title">Units</p>
      {UNITS.map(([id, title]) => (
        <Choice key={id} title={title} on={p.units === id} onChoose={() => p.onUnits(id)} />
      ))}
      <p className="menu-title">
        Keys of this desk: <b>?</b>
      </p>
      <button type="button" role="menuitem" onClick={p.onLeave}>
        Sign out
      </button>
      {p.problem !== "" && (
        <p className="amber" role="alert">
          {p.problem}
        </p>
      )}
    </div>
  );
}

function Choice(p: { readonly title: string; readonly on: boolean; readonly onChoose: () => void }): ReactNode {
  return (
    <button type="button" role="menuitemradio" aria-checked={p.on} className="menu-choice" onClick={p.onChoose}>
      <i aria-hidden="true" />
      {p.title}
    </button>
  );
}

function moveFocus(root: HTMLElement | null, by: 1 | -1): void {
  const items = [...(root?.querySelectorAll<HTMLElement>(".menu-list button") ?? [])];
  const at = items.findIndex((i) => i.matches(":focus"));
  items[at < 0 ? (by > 0 ? 0 : items.length - 1) : (at + by + items.length) % items.length]?.focus();
}

/** A press or the focus elsewhere closes it: an open menu would cover the desk. */
function useClosing(
  root: { readonly current: HTMLElement | null },
  open: boolean,
  setOpen: (open: boolean) => void,
): void {
  useEffect(() => {
    if (!open) return;
    const away = (e: Event): void => {
      if (e.target instanceof Node && root.current?.contains(e.target) === false) setOpen(false);
    };
    window.addEventListener("pointerdown", away);
    window.addEventListener("focusin", away);
    return () => {
      window.removeEventListener("pointerdown", away);
      window.removeEventListener("focusin", away);
    };
  }, [root, open, setOpen]);
}
