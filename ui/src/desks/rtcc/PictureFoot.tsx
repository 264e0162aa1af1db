import type { ReactNode } from "react";
import { heatButton } from "../../live/index.js";
import { Key } from "../../parts/index.js";
import { TurnAsk } from "./CameraTurn.js";
import { lookWords } from "./cameraTurning.js";
import type { RtccView } from "./RtccDesk.js";
import type { Pointing, Rtcc } from "./useRtcc.js";
import type { Turning } from "./useTurning.js";

/** The line under the large picture: what is wrong with it or can be done in it. */
export function PictureFoot({
  cause,
  rtcc,
  pointing,
  turning,
  view,
  nowMs,
}: {
  readonly cause: string;
  readonly rtcc: Rtcc;
  readonly pointing: Pointing;
  readonly turning: Turning;
  readonly view: RtccView;
  readonly nowMs: number;
}): ReactNode {
  const fixed = rtcc.stream !== undefined && rtcc.stream.uid === undefined;
  const camera = fixed ? rtcc.site?.cameras.find((c) => c.cameraId === rtcc.stream?.cameraId) : undefined;
  const turns = camera?.turns === true ? camera : undefined;
  const refused = turns === undefined ? "" : turning.problem(turns.cameraId);
  const problem = [cause, fixed ? "" : rtcc.heat.words, pointing.problem, refused].find((words) => words !== "") ?? "";
  // A question is answered before anything else is done with the picture.
  if (turning.asking !== undefined) return <TurnAsk turning={turning} />;
  const place = rtcc.incident?.needsPlace === undefined ? rtcc.incident?.place.point : undefined;
  return (
    <>
      {problem !== "" ? (
        <span className="amber">{problem}</span>
      ) : (
        <span>{turns === undefined ? groundWords(rtcc) : lookWords(turning.view(turns.cameraId), nowMs)}</span>
      )}
      <span className="grow" />
      {turns !== undefined && place !== undefined && (
        <button type="button" className="foot-key" onClick={() => turning.send(turns, { verb: "look", point: place })}>
          Turn to incident <Key>U</Key>
        </button>
      )}
      {!fixed && (rtcc.heat.offered || rtcc.heat.wanted) && (
        <button type="button" className="foot-key" aria-pressed={rtcc.heat.heat} onClick={rtcc.heat.toggle}>
          {heatButton(rtcc.heat)} <Key>I</Key>
        </button>
      )}
      {fixed && (
        <button type="button" className="foot-key" onClick={() => rtcc.openCamera(undefined)}>
          {`Back to ${rtcc.aircraft?.callSign ?? "the aircraft"}`} <Key>0</Key>
        </button>
      )}
      <button
        type="button"
        className="foot-key"
        aria-pressed={view.streetNames}
        onClick={() => view.set({ streetNames: !view.streetNames })}
      >
        Street names <Key>N</Key>
      </button>
      <button type="button" className="foot-key" onClick={() => view.set({ swapped: !view.swapped })}>
        Swap with map <Key>Tab</Key>
      </button>
    </>
  );
}

const groundWords = (rtcc: Rtcc): string => (rtcc.stream === undefined ? "" : "Click the ground: look there");
