import type { ReactNode } from "react";

/** One key of a camera's pad. */
export function Pad({
  words,
  glyph,
  disabled = false,
  onPress,
}: {
  readonly words: string;
  readonly glyph: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <button type="button" className="btn" aria-label={words} disabled={disabled} onClick={onPress}>
      {glyph}
    </button>
  );
}
