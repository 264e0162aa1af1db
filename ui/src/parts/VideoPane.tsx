import type { ReactNode } from "react";
import { ageText } from "./words.js";

/** Why there is or is no live picture, in words a person can act on. */
export type VideoLook =
  | { readonly kind: "live"; readonly latencyMs: number | undefined }
  | { readonly kind: "late"; readonly ageMs: number }
  | { readonly kind: "frozen"; readonly ageMs: number }
  | { readonly kind: "asked"; readonly waitedMs: number; readonly usualMs: number; readonly name: string }
  | { readonly kind: "none"; readonly why: string }
  | { readonly kind: "noRight"; readonly why: string }
  | { readonly kind: "levelByPolicy"; readonly until: string };

export interface VideoPaneProps {
  readonly name: string;
  /** "colour, 2.0×", "heat, white is hot". */
  readonly mode: string;
  /** The picture is of heat: said beside the name in whatever width there is, so that it is never taken for light. */
  readonly heat?: boolean;
  /** "looking SW, 194 ft". */
  readonly looking: string;
  readonly look: VideoLook;
  /** The privacy zone is hatched over the picture. */
  readonly masked: boolean;
  /** False when the stream's time is not known: then nothing in the picture is a place. */
  readonly timeKnown: boolean;
  /** Canvas or video element. */
  readonly picture: ReactNode;
  /** Street names, pins, ghosts: drawn only while the picture is live. */
  readonly overlay?: ReactNode;
  readonly foot?: ReactNode;
  /** Click in the picture, 0..1 from the upper left. */
  readonly onPoint?: (u: number, v: number) => void;
}

export function VideoPane(props: VideoPaneProps): ReactNode {
  const { look, picture, overlay, onPoint } = props;
  const shows = look.kind === "live" || look.kind === "late" || look.kind === "frozen" || look.kind === "levelByPolicy";
  return (
    <figure
      className={`video ${look.kind}`}
      aria-label={`${props.heat === true ? "Heat picture" : "Picture"} of ${props.name}`}
    >
      {/* Stays while it is awaited: what is not mounted is not watched. */}
      {(shows || look.kind === "asked") && picture}
      {shows && onPoint !== undefined && props.timeKnown && look.kind !== "frozen" && (
        <button
          type="button"
          className="video-ground"
          aria-label="Click the ground: look there"
          onClick={(e) => {
            const box = e.currentTarget.getBoundingClientRect();
            onPoint((e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height);
          }}
        />
      )}
      {look.kind === "live" && props.timeKnown && overlay !== undefined && (
        <div className="video-overlay">{overlay}</div>
      )}
      {look.kind === "frozen" && <div className="video-veil" />}
      {props.masked && <div className="video-mask" role="img" aria-label="Privacy zone hidden" />}
      {!shows && <div className="video-why">{whyNoPicture(look)}</div>}
      <figcaption className="video-head">
        <b>{props.name}</b>
        {props.heat === true && <strong className="video-heat">heat, white is hot</strong>}
        {props.mode !== "" && <span>{props.mode}</span>}
        <span className="grow" />
        <span>{props.looking}</span>
        <span className="video-state">{stateWord(look)}</span>
        {shows && !props.timeKnown && <span className="amber">time unknown</span>}
      </figcaption>
      {props.foot !== undefined && <div className="video-foot">{props.foot}</div>}
    </figure>
  );
}

function stateWord(look: VideoLook): ReactNode {
  switch (look.kind) {
    case "live":
      return (
        <>
          <i className="live-dot" />
          <span className="green">Live</span>{" "}
          {look.latencyMs === undefined ? "" : `${(look.latencyMs / 1000).toFixed(2)} s`}
        </>
      );
    case "late":
      return <span className="amber">late {ageText(look.ageMs)}</span>;
    case "frozen":
      return <span className="amber">stopped {ageText(look.ageMs)} ago</span>;
    case "levelByPolicy":
      return <span>camera level {look.until}</span>;
    case "asked":
    case "none":
    case "noRight":
      return null;
  }
}

function whyNoPicture(look: VideoLook): ReactNode {
  switch (look.kind) {
    case "asked": {
      const slow = look.waitedMs > 2 * look.usualMs;
      return (
        <>
          <b>Waiting for {look.name}’s picture</b>
          <span className={slow ? "amber" : ""}>
            Asked {ageText(look.waitedMs)} ago. Usual: {ageText(look.usualMs)}.{" "}
            {slow ? "Check its link, or use another camera." : "Position and battery are live."}
          </span>
        </>
      );
    }
    case "none":
      return (
        <>
          <b>No picture</b>
          <span>{look.why}</span>
        </>
      );
    case "noRight":
      return (
        <>
          <b>Not yours to see</b>
          <span>{look.why}</span>
        </>
      );
    case "live":
    case "late":
    case "frozen":
    case "levelByPolicy":
      return null;
  }
}
