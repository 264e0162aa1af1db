import { type ReactNode, useEffect, useRef, useState } from "react";
import { Key } from "./Marks.js";

export interface Command {
  readonly id: string;
  readonly text: string;
  readonly key: string | undefined;
  /** A command that must be held is listed with its key, and not run from here. */
  readonly held: boolean;
  readonly run: () => void;
}

/** Commands whose words contain every typed word, in the order of the list. */
export function matching(commands: readonly Command[], query: string): readonly Command[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((w) => w !== "");
  return commands.filter((c) => words.every((w) => c.text.toLowerCase().includes(w)));
}

/** One field for go, find and do. */
export function CommandPalette({
  commands,
  onClose,
}: {
  readonly commands: readonly Command[];
  readonly onClose: () => void;
}): ReactNode {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = matching(commands, query).slice(0, 12);
  useEffect(() => field.current?.focus(), []);
  const run = (c: Command | undefined): void => {
    if (c === undefined || c.held) return;
    onClose();
    c.run();
  };
  return (
    <div className="palette" role="dialog" aria-label="Commands">
      <input
        ref={field}
        value={query}
        placeholder="Go, find, do"
        aria-label="Command"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        onChange={(e) => {
          setQuery(e.target.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          if (e.key === "ArrowDown") setAt((i) => Math.min(found.length - 1, i + 1));
          else if (e.key === "ArrowUp") setAt((i) => Math.max(0, i - 1));
          else if (e.key === "Enter") run(found[at]);
          else if (e.key === "Escape") onClose();
          else return;
          e.preventDefault();
          e.stopPropagation();
        }}
        onBlur={onClose}
      />
      <ul id="palette-list">
        {found.map((c, i) => (
          <li key={c.id}>
            <button
              type="button"
              className={i === at ? "on" : ""}
              disabled={c.held}
              onPointerDown={(e) => e.preventDefault()}
              onClick={() => run(c)}
            >
              <span>{c.text}</span>
              {c.held && <span className="palette-held">hold</span>}
              {c.key !== undefined && <Key>{c.key}</Key>}
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="empty">Nothing by that name.</li>}
      </ul>
    </div>
  );
}
