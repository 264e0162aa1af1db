import type { ReactNode } from "react";
import { Key } from "../../parts/index.js";
import { useSticks } from "./useSticks.js";

const PAD = [
  ["ArrowUp", "↑", "Forward"],
  ["ArrowDown", "↓", "Back"],
  ["ArrowLeft", "←", "Left"],
  ["ArrowRight", "→", "Right"],
  ["PageUp", "PgUp", "Up"],
  ["PageDown", "PgDn", "Down"],
  [",", ",", "Turn left"],
  [".", ".", "Turn right"],
] as const;

/** Keys of hand flight, also as buttons. Letting everything go means hover. */
export function StickPad({ uid }: { readonly uid: string }): ReactNode {
  const sticks = useSticks(uid);
  return (
    <fieldset className="stick-pad">
      <legend>By hand: let go to hover, Shift for full</legend>
      {PAD.map(([key, label, word]) => (
        <button
          type="button"
          key={key}
          className="btn quiet"
          onPointerDown={(e) => {
            e.currentTarget.setPointerCapture(e.pointerId);
            sticks.press(key, true);
          }}
          onPointerUp={() => sticks.press(key, false)}
          onPointerCancel={() => sticks.press(key, false)}
        >
          {word} <Key>{label}</Key>
        </button>
      ))}
    </fieldset>
  );
}
