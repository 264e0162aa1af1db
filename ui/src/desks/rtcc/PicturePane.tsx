import type { StreamView } from "@outrider/contract";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { LiveVideo, monotonicMs, useLive, useTick, type VideoNews } from "../../live/index.js";
import { compassPoint, heightText, type Units, VideoPane } from "../../parts/index.js";
import { type CityModel, groundAmslM, surfaceOf, toLocal } from "../../world/index.js";
import { coverFit, toPicture } from "./coverFit.js";
import { type OverlayPainter, overlayPainter } from "./io/overlayPainter.js";
import type { StreetAnchor } from "./pictureGeometry.js";
import { pictureCause, pictureLook } from "./pictureLook.js";
import { overlayOf, overlayStreets, type PicturePin } from "./pictureOverlay.js";

export interface PicturePaneProps {
  readonly name: string;
  readonly stream: StreamView | undefined;
  readonly city: CityModel | undefined;
  readonly units: Units;
  readonly pins: readonly PicturePin[];
  /** No incident is open. */
  readonly idle: boolean;
  readonly streetNames: boolean;
  /** Person who holds the camera, or what else is true of it. */
  readonly note: string;
  /** The line under the picture; `cause` says why it is not live, empty while it is. */
  readonly foot: (cause: string) => ReactNode;
  readonly onPoint?: (u: number, v: number, capturedMs: number) => void;
}

type Shown = Extract<VideoNews, { kind: "shown" }>["frame"];
const ASPECT = 16 / 9;
const CHOOSE_EVERY_MS = 900;

interface Drawn {
  frame: Shown | undefined;
  atMs: number;
  askedMs: number;
  chosenMs: number;
  anchors: readonly StreetAnchor[];
  cannot: string | undefined;
}

const undrawn = (nowMs: number): Drawn => ({
  frame: undefined,
  atMs: 0,
  askedMs: nowMs,
  chosenMs: Number.NEGATIVE_INFINITY,
  anchors: [],
  cannot: undefined,
});

/** The live picture of one camera with names of streets, pins and ghosts drawn from the pose of each frame. */
export function PicturePane(props: PicturePaneProps): ReactNode {
  const { stream, city, units } = props;
  const live = useLive();
  const box = useRef<HTMLDivElement>(null);
  const cameraId = stream?.cameraId;
  const [drawn, setDrawn] = useState(() => undrawn(monotonicMs()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another camera begins anew.
  useEffect(() => setDrawn(undrawn(monotonicMs())), [cameraId]);
  const svg = useOverlay(props, drawn, box);
  useTick(4);
  const nowMs = monotonicMs();
  const latencyMs = latencyOf(drawn.frame, live.nowMs(), nowMs - drawn.atMs) ?? stream?.latencyMs;
  const look = pictureLook({
    name: props.name,
    idle: props.idle,
    stream,
    drawnAgeMs: drawn.frame === undefined ? undefined : nowMs - drawn.atMs,
    waitedMs: nowMs - drawn.askedMs,
    latencyMs,
    cannot: drawn.cannot,
  });
  const cause = pictureCause(look, stream);
  const thermal = stream?.thermal === true;
  const shows = look.kind === "live" || look.kind === "late" || look.kind === "frozen";
  return (
    <div ref={box} className={shows ? "picture" : "picture blank"}>
      {cameraId !== undefined && (
        <LiveVideo
          key={cameraId}
          cameraId={cameraId}
          label={`${thermal ? "Heat picture" : "Picture"} of ${props.name}`}
          onNews={(n) => take(drawn, n, svg.paint)}
        />
      )}
      <VideoPane
        name={props.name}
        heat={thermal}
        mode={drawn.frame === undefined ? "" : modeWords(drawn.frame, kindOf(stream), props.note)}
        looking={lookingWords(drawn.frame, city, units)}
        look={look}
        masked={false}
        timeKnown={stream?.timeKnown ?? false}
        picture={undefined}
        overlay={<svg ref={svg.ref} className="picture-overlay" aria-hidden="true" />}
        foot={props.foot(cause)}
        {...pointing(props, drawn, box)}
      />
    </div>
  );
}

/** Keeps what came with the newest frame, outside React. */
function take(drawn: Drawn, news: VideoNews, paint: () => void): void {
  if (news.kind === "cannot") drawn.cannot = news.why;
  if (news.kind !== "shown") return;
  drawn.frame = news.frame;
  drawn.atMs = monotonicMs();
  paint();
}

function pointing(props: PicturePaneProps, drawn: Drawn, box: { readonly current: HTMLElement | null }) {
  const { onPoint } = props;
  if (onPoint === undefined) return {};
  return {
    onPoint(x: number, y: number): void {
      const el = box.current;
      const capturedMs = drawn.frame?.capturedMs;
      if (el === null || capturedMs === undefined) return;
      const at = toPicture(coverFit(el.clientWidth, el.clientHeight, ASPECT), x * el.clientWidth, y * el.clientHeight);
      onPoint(at.u, at.v, capturedMs);
    },
  };
}

/** Paints over each frame as it is shown; the roads that carry names are chosen about once a second. */
function useOverlay(props: PicturePaneProps, drawn: Drawn, box: { readonly current: HTMLElement | null }) {
  const { city } = props;
  const surface = useMemo(() => (city === undefined ? undefined : surfaceOf(city)), [city]);
  const painter = useRef<OverlayPainter | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  // Stable: a new callback on each render would make a second painter over the first one's shapes.
  const ref = useCallback((el: SVGSVGElement | null): void => {
    painter.current = el === null ? undefined : overlayPainter(el);
  }, []);
  const paint = (): void => {
    const el = box.current;
    const pose = drawn.frame?.pose;
    if (painter.current === undefined || el === null || city === undefined || surface === undefined) return;
    if (pose === undefined) return painter.current.clear();
    const fit = coverFit(el.clientWidth, el.clientHeight, ASPECT);
    const input = { pose, city, fit, pins: latest.current.pins };
    if (!latest.current.streetNames) drawn.anchors = [];
    else if (drawn.atMs - drawn.chosenMs > CHOOSE_EVERY_MS) {
      drawn.chosenMs = drawn.atMs;
      drawn.anchors = overlayStreets(input, surface);
    }
    painter.current.paint(overlayOf({ ...input, anchors: drawn.anchors }));
  };
  return { ref, paint };
}

function latencyOf(frame: Shown | undefined, runNowMs: number | undefined, sinceDrawnMs: number): number | undefined {
  if (frame?.capturedMs === undefined || runNowMs === undefined) return undefined;
  return Math.max(0, runNowMs - frame.capturedMs - sinceDrawnMs);
}

const WIDE_HFOV_DEG = 62;

const kindOf = (stream: StreamView | undefined): "fixed" | "heat" | "colour" => {
  if (stream?.uid === undefined) return "fixed";
  return stream.thermal === true ? "heat" : "colour";
};

/** A street camera's lens is its own: "0.8×" of an aircraft's would say nothing. What shows heat says so by its mark. */
export function modeWords(
  frame: Pick<Shown, "pose"> | undefined,
  kind: "fixed" | "heat" | "colour",
  note: string,
): string {
  const hfov = kind === "fixed" ? undefined : frame?.pose?.hfovDeg;
  const tan = (deg: number): number => Math.tan((deg * Math.PI) / 360);
  const zoom = hfov === undefined ? "" : `${(tan(WIDE_HFOV_DEG) / tan(hfov)).toFixed(1)}×`;
  const word = { fixed: "fixed camera", heat: "", colour: "colour" }[kind];
  const lens = [word, zoom].filter((t) => t !== "").join(", ");
  return [lens, note].filter((t) => t !== "").join(" · ");
}

function lookingWords(frame: Shown | undefined, city: CityModel | undefined, units: Units): string {
  const pose = frame?.pose;
  if (pose === undefined) return "";
  const way = pose.pitchDeg < -75 ? "down" : compassPoint(pose.yawDeg);
  if (city === undefined) return `looking ${way}`;
  const { xM, yM } = toLocal(city.frame, pose.point);
  return `looking ${way}, ${heightText(pose.altAmslM - groundAmslM(city.terrain, xM, yM), units)}`;
}
