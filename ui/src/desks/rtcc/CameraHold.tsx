import type { AircraftView } from "@outrider/contract";
import type { ReactNode } from "react";
import { useLive } from "../../live/index.js";
import { Pad } from "./Pad.js";
import type { Acts } from "./useActs.js";

const STEP_SHARE = 0.25;
const clamp = (v: number, low: number, high: number): number => Math.max(low, Math.min(high, v));

/** One press of the pad turns the view by a quarter of what it shows, so that zoomed in it moves finely. */
export function aimStep(
  now: { readonly pitchDeg: number; readonly yawDeg: number; readonly hfovDeg: number },
  right: number,
  up: number,
): { readonly pitchDeg: number; readonly yawDeg: number } {
  const step = now.hfovDeg * STEP_SHARE;
  return {
    pitchDeg: clamp(now.pitchDeg + up * step * 0.56, -90, 30),
    yawDeg: (now.yawDeg + right * step + 360) % 360,
  };
}

/** Camera of an aircraft, while the pilot has lent it. The pilot flies on; this moves no aircraft. */
export function CameraHold({
  aircraft,
  me,
  incidentId,
  acts,
}: {
  readonly aircraft: AircraftView;
  readonly me: string;
  readonly incidentId: string;
  readonly acts: Acts;
}): ReactNode {
  const live = useLive();
  const { uid, callSign, cameraHeldBy } = aircraft;
  const problem = acts.problem("camera");
  if (cameraHeldBy !== me)
    return (
      <div className="camera-hold">
        <button
          type="button"
          className="btn quiet"
          disabled={acts.busy("camera")}
          onClick={() => acts.send("camera", "ask", { incidentId }, { kind: "camera", uid })}
        >
          Ask for {callSign}’s camera
        </button>
        <p className="card-note">
          {cameraHeldBy === undefined || cameraHeldBy === aircraft.picId
            ? "The pilot holds the camera."
            : "Another desk holds the camera."}
        </p>
        {problem !== "" && <p className="amber">{problem}</p>}
      </div>
    );
  const aim = (right: number, up: number): void => {
    const s = live.samples.latest(uid);
    if (s === undefined) return;
    const to = aimStep({ pitchDeg: s.gimbalPitchDeg, yawDeg: s.gimbalYawDeg, hfovDeg: s.hfovDeg }, right, up);
    acts.send("camera", "camera", { uid }, { verb: "aim", ...to });
  };
  const zoom = (times: number): void => {
    const s = live.samples.latest(uid);
    if (s !== undefined)
      acts.send("camera", "camera", { uid }, { verb: "zoom", hfovDeg: clamp(s.hfovDeg / times, 1, 120) });
  };
  return (
    <div className="camera-hold">
      <p className="card-note cyan">You hold {callSign}’s camera. Click the picture or the map: it looks there.</p>
      <fieldset className="camera-pad">
        <legend className="sr-only">Aim {callSign}’s camera</legend>
        <Pad words="Left" glyph="←" onPress={() => aim(-1, 0)} />
        <Pad words="Up" glyph="↑" onPress={() => aim(0, 1)} />
        <Pad words="Down" glyph="↓" onPress={() => aim(0, -1)} />
        <Pad words="Right" glyph="→" onPress={() => aim(1, 0)} />
        <Pad words="Closer" glyph="+" onPress={() => zoom(1.6)} />
        <Pad words="Wider" glyph="−" onPress={() => zoom(1 / 1.6)} />
      </fieldset>
      <div className="two">
        <button
          type="button"
          className="btn quiet"
          onClick={() => acts.send("camera", "camera", { uid }, { verb: "level" })}
        >
          Level
        </button>
        <button type="button" className="btn quiet" onClick={() => acts.send("camera", "returnCamera", { uid }, {})}>
          Give it back
        </button>
      </div>
      {problem !== "" && <p className="amber">{problem}</p>}
    </div>
  );
}
