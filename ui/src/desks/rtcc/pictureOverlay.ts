import type { CameraPose } from "@outrider/contract";
import type { CameraPose as LocalPose } from "@outrider/geo";
import type { CityModel, LatLon, Surface } from "../../world/index.js";
import { type CoverFit, toBox } from "./coverFit.js";
import { chooseStreets, pictureCamera, placeInPicture, placeStreet, type StreetAnchor } from "./pictureGeometry.js";

/** A thing of the incident that is pinned to the ground and so also has a place in the picture. */
export interface PicturePin {
  readonly id: string;
  readonly at: LatLon;
  /** `seen` a person saw it there; `estimated` magenta; `camera` a fixed camera's number; `ghost` where a vehicle was last seen; `asked` picked. */
  readonly mark: "seen" | "estimated" | "camera" | "ghost" | "asked";
  readonly title: string;
  readonly detail: string;
  readonly upM: number;
}

export interface OverlayStreet {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly turnDeg: number;
  readonly text: string;
}
export interface OverlayPin {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly pin: PicturePin;
}
export interface Overlay {
  readonly streets: readonly OverlayStreet[];
  readonly pins: readonly OverlayPin[];
}

export interface OverlayInput {
  readonly pose: CameraPose;
  readonly city: CityModel;
  readonly fit: CoverFit;
  readonly pins: readonly PicturePin[];
  readonly anchors: readonly StreetAnchor[];
}

/** Everything drawn over one frame, in px of the pane, from the pose that travelled with that frame. */
export function overlayOf(input: OverlayInput): Overlay {
  const { city, fit } = input;
  const camera = cameraOf(input);
  const streets = input.anchors.flatMap((a): OverlayStreet[] => {
    const s = placeStreet(camera, city, a, fit);
    return s === undefined ? [] : [{ id: a.name, ...toBox(fit, s.u, s.v), turnDeg: s.turnDeg, text: a.name }];
  });
  const pins = input.pins.flatMap((pin): OverlayPin[] => {
    const p = placeInPicture(camera, city, pin.at, pin.upM);
    return p.kind === "ahead" && p.inFrame ? [{ id: pin.id, ...toBox(fit, p.u, p.v), pin }] : [];
  });
  return { streets, pins };
}

/** Which roads carry their names: chosen about once a second, since each choice looks for roofs in the way. */
export function overlayStreets(input: Omit<OverlayInput, "anchors">, surface: Surface): readonly StreetAnchor[] {
  const camera = cameraOf(input);
  const taken = input.pins.flatMap((pin) => {
    const p = placeInPicture(camera, input.city, pin.at, pin.upM);
    return p.kind === "ahead" && p.inFrame ? [p] : [];
  });
  return chooseStreets(camera, input.city, surface, input.fit, taken);
}

const cameraOf = (input: Pick<OverlayInput, "pose" | "city" | "fit">): LocalPose =>
  pictureCamera(input.pose, input.city.frame, input.fit.widthPx / input.fit.heightPx);
