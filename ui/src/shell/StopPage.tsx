import type { ReactNode } from "react";
import { Logo } from "../parts/index.js";
import "./shell.css";

/** A whole page that is no desk: what is wrong, what still works, and the ways on. */
export function StopPage(p: {
  readonly title: string;
  readonly text: string;
  readonly ways: readonly { readonly text: string; go(): void }[];
}): ReactNode {
  return (
    <main className="stop">
      <div className="stop-card">
        <h1>
          <Logo size={28} /> {p.title}
        </h1>
        <p role="status">{p.text}</p>
        <ul>
          {p.ways.map((w) => (
            <li key={w.text}>
              <button type="button" className="btn" onClick={w.go}>
                {w.text}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
