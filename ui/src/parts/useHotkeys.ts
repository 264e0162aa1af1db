import { useEffect, useRef } from "react";

export type HotkeyAction = (event: KeyboardEvent) => void;
/** `"a"`, `"Escape"`, `"Ctrl+k"`, `"?"`, `" "`. Letters in lower case. */
export type Hotkeys = Readonly<Record<string, HotkeyAction | undefined>>;

/** Single keys act only when no field has focus, so that typing a note never moves an aircraft. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}

export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

/** Binds keys for as long as the component lives. Key repeat is one press. */
export function useHotkeys(keys: Hotkeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const name = keyName(event);
      if (event.repeat || event.altKey) return;
      if (isTyping(event.target) && name !== "Escape" && !name.startsWith("Ctrl+")) return;
      const action = latest.current[name];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener("keydown", down);
    return () => window.removeEventListener("keydown", down);
  }, []);
}
