import type { ReactNode } from "react";
import { Key } from "./Marks.js";

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly { readonly key: string; readonly text: string }[];
}

/** The map of keys, on `?`. */
export function KeyMap({
  groups,
  onClose,
}: {
  readonly groups: readonly KeyGroup[];
  readonly onClose: () => void;
}): ReactNode {
  return (
    <div className="keymap" role="dialog" aria-label="Keys">
      <div className="card-head">
        <h2>Keys</h2>
        <button type="button" className="btn quiet" onClick={onClose}>
          Close <Key>Esc</Key>
        </button>
      </div>
      <div className="keymap-groups">
        {groups.map((g) => (
          <section key={g.title}>
            <h3>{g.title}</h3>
            <dl>
              {g.keys.map((k) => (
                <div key={k.key}>
                  <dt>
                    <Key>{k.key}</Key>
                  </dt>
                  <dd>{k.text}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}
