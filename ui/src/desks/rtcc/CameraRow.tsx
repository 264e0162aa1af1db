import type { FixedCameraView, IncidentView, StreamView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { LiveVideo } from "../../live/index.js";
import { CameraTile, type Units } from "../../parts/index.js";
import { cameraTiles, playingNow, seeingWords } from "./cameraOrder.js";
import { wayWords } from "./cameraTurning.js";
import type { Turning } from "./useTurning.js";

export interface CameraRowProps {
  readonly incident: IncidentView | undefined;
  readonly streams: readonly StreamView[];
  /** The site's fixed cameras: where each looks now. */
  readonly fixed: readonly FixedCameraView[];
  readonly turning: Turning;
  readonly units: Units;
  /** First tile shown, when there are more than fit. */
  readonly from: number;
  readonly onOpen: (cameraId: string) => void;
  readonly onMore: () => void;
}

export const TILES = 3;

/** Cameras that see the place, best first, and in a sentence who sees nothing. */
export function CameraRow(props: CameraRowProps): ReactNode {
  const { incident } = props;
  const [asked, setAsked] = useState<readonly string[]>([]);
  const playing = playingNow(incident?.cameras ?? [], asked);
  const tiles = cameraTiles({
    cameras: incident?.cameras ?? [],
    streams: props.streams,
    playing,
    looking: (cameraId) => lookingWords(props.fixed.find((c) => c.cameraId === cameraId)),
    units: props.units,
  });
  const shown = tiles.slice(props.from, props.from + TILES);
  const words = seeingWords(incident?.cameras ?? [], incident?.nobodySees ?? "");
  return (
    <section className="camera-row" aria-label="Cameras that see the place">
      {shown.map((tile) => (
        <div className="tile-box" key={tile.cameraId} data-camera={tile.cameraId}>
          <CameraTile
            tile={tile}
            picture={
              playing.has(tile.cameraId) && (
                <LiveVideo cameraId={tile.cameraId} label={`Camera ${tile.number}, ${tile.name}`} />
              )
            }
            onOpen={props.onOpen}
            onShow={(cameraId) => setAsked((old) => [cameraId, ...old.filter((id) => id !== cameraId)])}
          />
          <TurnTile {...props} cameraId={tile.cameraId} name={tile.name} />
        </div>
      ))}
      <div className="camera-words">
        {incident === undefined ? (
          <p>Cameras that see the place will appear here.</p>
        ) : (
          <>
            <p>
              <b>{words.count}</b>
            </p>
            {words.notShared !== "" && <p className="amber">{words.notShared}</p>}
            {words.nobody !== "" && <p>{words.nobody}</p>}
          </>
        )}
        {tiles.length > TILES && (
          <button type="button" className="more" onClick={props.onMore}>
            {`${props.from + 1} to ${Math.min(tiles.length, props.from + TILES)} of ${tiles.length}, next`}
          </button>
        )}
      </div>
    </section>
  );
}

/** For a camera that could see the place if it were turned, and that can be turned from here. */
function TurnTile({
  incident,
  turning,
  cameraId,
  name,
}: CameraRowProps & { readonly cameraId: string; readonly name: string }): ReactNode {
  const line = incident?.cameras.find((c) => c.cameraId === cameraId);
  if (incident === undefined || line?.turns !== true || line.sees === "sees") return null;
  const { point } = incident.place;
  return (
    <button
      type="button"
      className="tile-turn"
      aria-label={`Turn to it with ${name}`}
      onClick={() => turning.send({ cameraId, name }, { verb: "look", point })}
    >
      Turn to it
    </button>
  );
}

const lookingWords = (camera: FixedCameraView | undefined): string =>
  camera === undefined ? "" : wayWords(camera.azimuthDeg, camera.pitchDeg);
