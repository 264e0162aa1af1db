import type { ReactNode } from "react";
import { ageText } from "./words.js";

export interface CameraTileView {
  readonly cameraId: string;
  /** The same number as on the map and in the video. */
  readonly number: string;
  readonly name: string;
  /** "sees the corner, 40 ft". */
  readonly text: string;
  readonly state: "sees" | "partly" | "couldTurn" | "notShared" | "closed" | "opening" | "late" | "frozen" | "dark";
  /** Why its picture is late, frozen or dark; empty where it is not. */
  readonly why?: string;
  readonly ageMs: number | undefined;
}

export interface CameraTileProps {
  readonly tile: CameraTileView;
  /** Mounted whenever the camera plays or is tried: being mounted is what keeps it open. */
  readonly picture?: ReactNode;
  readonly onOpen: (cameraId: string) => void;
  /** Plays a camera that is not opened. */
  readonly onShow?: (cameraId: string) => void;
  readonly onAsk?: (cameraId: string) => void;
}

export function CameraTile({ tile, picture, onOpen, onShow, onAsk }: CameraTileProps): ReactNode {
  const act = tile.state === "notShared" ? (onAsk ?? onOpen) : tile.state === "closed" ? (onShow ?? onOpen) : onOpen;
  const old = tile.state === "late" || tile.state === "frozen";
  return (
    <button type="button" className={`tile ${tile.state}`} onClick={() => act(tile.cameraId)}>
      {tile.state !== "closed" && tile.state !== "notShared" && picture}
      {tile.state === "frozen" && <span className="tile-veil" />}
      <span className="tile-number">{tile.number}</span>
      {tile.ageMs !== undefined && (
        <span className={old ? "tile-age amber" : "tile-age"}>
          {old ? `${tile.state === "late" ? "late" : "stopped"} ${ageText(tile.ageMs)}` : ageText(tile.ageMs)}
        </span>
      )}
      {tile.state === "closed" && <span className="tile-show">Show</span>}
      <span className="tile-text">
        <b>{tile.name}</b>
        <span>{tileWords(tile)}</span>
      </span>
    </button>
  );
}

function tileWords({ state, text, why }: CameraTileView): string {
  switch (state) {
    case "notShared":
      return "owner has not shared: ask";
    case "opening":
      return `opening, ${text}`;
    case "dark":
    case "late":
    case "frozen":
      return why === undefined || why === "" ? "no picture" : why;
    case "closed":
    case "sees":
    case "partly":
    case "couldTurn":
      return text;
  }
}
