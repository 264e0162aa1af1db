import type { ReactNode } from "react";
import { ageText } from "./words.js";

export interface CameraTileView {
  readonly cameraId: string;
  /** The same number as on the map and in the video. */
  readonly number: string;
  readonly name: string;
  /** "sees the corner, 40 ft". */
  readonly text: string;
  readonly state: "sees" | "partly" | "couldTurn" | "notShared" | "late" | "dark";
  readonly ageMs: number | undefined;
}

export interface CameraTileProps {
  readonly tile: CameraTileView;
  readonly picture?: ReactNode;
  readonly onOpen: (cameraId: string) => void;
  readonly onAsk?: (cameraId: string) => void;
}

export function CameraTile({ tile, picture, onOpen, onAsk }: CameraTileProps): ReactNode {
  const ask = tile.state === "notShared" && onAsk !== undefined;
  return (
    <button
      type="button"
      className={`tile ${tile.state}`}
      onClick={() => (ask ? onAsk(tile.cameraId) : onOpen(tile.cameraId))}
    >
      {tile.state !== "dark" && tile.state !== "notShared" && picture}
      <span className="tile-number">{tile.number}</span>
      {tile.ageMs !== undefined && (
        <span className={tile.state === "late" ? "tile-age amber" : "tile-age"}>{ageText(tile.ageMs)}</span>
      )}
      <span className="tile-text">
        <b>{tile.name}</b>
        <span>
          {tile.state === "notShared" ? "owner has not shared: ask" : tile.state === "dark" ? "no picture" : tile.text}
        </span>
      </span>
    </button>
  );
}
