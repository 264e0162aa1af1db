import type { FixedCameraView, GeoPoint } from "@outrider/contract";
import type { ReactNode } from "react";
import { Key } from "../../parts/index.js";
import { homeWords, lookWords, turnedWords } from "./cameraTurning.js";
import { Pad } from "./Pad.js";
import type { Turning } from "./useTurning.js";

export interface CameraTurnProps {
  readonly camera: FixedCameraView;
  readonly turning: Turning;
  /** Undefined for a call without a place. */
  readonly incidentAt: GeoPoint | undefined;
  readonly pickedAt: GeoPoint | undefined;
  readonly nowMs: number;
}

/**
 * A fixed camera that turns: where it looks, whose hand was on it last, and your own. Its buttons stay on while a turn is
 * under way: one that is switched off loses the focus, and the arrow keys with it.
 */
export function CameraTurn({ camera, turning, incidentAt, pickedAt, nowMs }: CameraTurnProps): ReactNode {
  const view = turning.view(camera.cameraId);
  const lines = [turnedWords(view, nowMs), homeWords(view, nowMs)].filter((text) => text !== "");
  const problem = turning.problem(camera.cameraId);
  return (
    <div className="camera-hold">
      <p className="card-note">{lookWords(view, nowMs)}</p>
      {lines.map((text) => (
        <p className="card-note" key={text}>
          {text}
        </p>
      ))}
      {turning.asking?.cameraId === camera.cameraId && (
        <div className="turn-ask">
          <TurnAsk turning={turning} />
        </div>
      )}
      <button
        type="button"
        className="btn mine"
        disabled={incidentAt === undefined}
        onClick={() => incidentAt && turning.send(camera, { verb: "look", point: incidentAt })}
      >
        Turn to incident <Key>U</Key>
      </button>
      <button
        type="button"
        className="btn"
        disabled={pickedAt === undefined}
        onClick={() => pickedAt && turning.send(camera, { verb: "look", point: pickedAt })}
      >
        {pickedAt === undefined ? "Pick a place to turn to" : "Turn to the place picked"}
      </button>
      <TurnPad camera={camera} turning={turning} />
      {problem !== "" && <p className="amber">{problem}</p>}
    </div>
  );
}

/** Steps by hand, home and presets. */
function TurnPad({ camera, turning }: Pick<CameraTurnProps, "camera" | "turning">): ReactNode {
  const view = turning.view(camera.cameraId);
  const step = (right: number, up: number, nearer: number): void =>
    turning.send(camera, { verb: "step", right, up, nearer });
  return (
    <>
      <fieldset className="camera-pad">
        <legend className="sr-only">Turn {camera.name}</legend>
        <Pad words="Left" glyph="←" onPress={() => step(-1, 0, 0)} />
        <Pad words="Up" glyph="↑" onPress={() => step(0, 1, 0)} />
        <Pad words="Down" glyph="↓" onPress={() => step(0, -1, 0)} />
        <Pad words="Right" glyph="→" onPress={() => step(1, 0, 0)} />
        <Pad words="Closer" glyph="+" disabled={view?.zooms === false} onPress={() => step(0, 0, 1)} />
        <Pad words="Wider" glyph="−" disabled={view?.zooms === false} onPress={() => step(0, 0, -1)} />
      </fieldset>
      <div className="camera-presets">
        <button type="button" className="btn quiet" onClick={() => turning.send(camera, { verb: "home" })}>
          Home
        </button>
        {(view?.presets ?? []).slice(0, 5).map(({ preset, name }) => (
          <button
            type="button"
            className="btn quiet"
            key={preset}
            onClick={() => turning.send(camera, { verb: "preset", preset })}
          >
            {name}
          </button>
        ))}
      </div>
    </>
  );
}

/** Another holds it: the turn waits for a word. */
export function TurnAsk({ turning }: { readonly turning: Turning }): ReactNode {
  const { asking } = turning;
  if (asking === undefined) return null;
  return (
    <>
      <span className="amber" role="status">
        {asking.name} is held by {asking.by}.
      </span>
      <span className="grow" />
      <button type="button" className="foot-key" onClick={turning.takeOver}>
        Turn it all the same
      </button>
      <button type="button" className="foot-key" onClick={turning.leave}>
        Leave it
      </button>
    </>
  );
}
