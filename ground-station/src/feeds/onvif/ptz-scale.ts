import { wrap180Deg } from "@outrider/geo";

const panTiltSpaces = "http://www.onvif.org/ver10/tptz/PanTiltSpaces";
export const spaces = {
  spherical: `${panTiltSpaces}/SphericalPositionSpace`,
  generic: `${panTiltSpaces}/PositionGenericSpace`,
  zoom: "http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionGenericSpace",
} as const;

type Range = readonly [number, number];

/** Where a head points: pan from its zero, clockwise; tilt over the horizon; zoom 1 is widest, undefined where it cannot be told. */
export type HeadPosition = { readonly panDeg: number; readonly tiltDeg: number; readonly zoom: number | undefined };

/** What a camera says of the spaces it can be sent to. Undefined: it has no such space. */
export type PtzSpaces = {
  readonly spherical: { readonly x: Range; readonly y: Range } | undefined;
  readonly generic: { readonly x: Range; readonly y: Range } | undefined;
  readonly zoom: Range | undefined;
};

/** What is needed to tell degrees from a camera's own numbers. */
export type PtzScale = PtzSpaces & {
  /** Degrees at both ends of its generic space. */
  readonly reach: { readonly panDeg: Range; readonly tiltDeg: Range } | undefined;
  readonly zoomMax: number | undefined;
};

/** As a camera tells or takes it. A space that is not named is the generic one. */
export type CameraPosition = {
  readonly panTilt: { readonly x: number; readonly y: number; readonly space: string } | undefined;
  readonly zoom: number | undefined;
};

export type Scaled =
  | { readonly kind: "position"; readonly position: CameraPosition }
  | { readonly kind: "cannot"; readonly why: string };

export function scaleOf(
  told: PtzSpaces,
  config: { readonly reach?: PtzScale["reach"]; readonly zoomMax?: number | undefined },
): PtzScale {
  const spherical = told.spherical && { panDeg: told.spherical.x, tiltDeg: told.spherical.y };
  return { ...told, reach: config.reach ?? spherical, zoomMax: config.zoomMax };
}

const between = (value: number, from: Range, to: Range): number =>
  to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
const inside = (value: number, [a, b]: Range): boolean =>
  value >= Math.min(a, b) - 1e-6 && value <= Math.max(a, b) + 1e-6;
const nearest = (value: number, [a, b]: Range): number => clamp(value, Math.min(a, b), Math.max(a, b));

/** Degrees to the camera's numbers. Said and not cut where it does not reach: it would look somewhere that nobody asked for. */
export function toCamera(head: HeadPosition, scale: PtzScale): Scaled {
  const { reach } = scale;
  if (reach === undefined || (scale.spherical === undefined && scale.generic === undefined))
    return {
      kind: "cannot",
      why: "It cannot be sent to a direction: it tells no reach in degrees and none is configured.",
    };
  const panDeg = [head.panDeg, head.panDeg - 360, head.panDeg + 360].find((deg) => inside(deg, reach.panDeg));
  if (panDeg === undefined)
    return { kind: "cannot", why: `It does not turn that far round: ${degrees(reach.panDeg)} from its middle.` };
  if (!inside(head.tiltDeg, reach.tiltDeg))
    return { kind: "cannot", why: `It does not tilt that far: ${degrees(reach.tiltDeg)} over the horizon.` };
  const turned = { panDeg: nearest(panDeg, reach.panDeg), tiltDeg: nearest(head.tiltDeg, reach.tiltDeg) };
  const panTilt = scale.spherical === undefined ? genericOf(turned, scale) : sphericalOf(turned);
  return { kind: "position", position: { panTilt, zoom: zoomOf(head.zoom, scale) } };
}

const degrees = ([a, b]: Range): string => `${Math.round(Math.min(a, b))}° to ${Math.round(Math.max(a, b))}°`;

type Turned = { readonly panDeg: number; readonly tiltDeg: number };

const sphericalOf = ({ panDeg, tiltDeg }: Turned): CameraPosition["panTilt"] => ({
  x: panDeg,
  y: tiltDeg,
  space: spaces.spherical,
});

function genericOf({ panDeg, tiltDeg }: Turned, { generic, reach }: PtzScale): CameraPosition["panTilt"] {
  if (generic === undefined || reach === undefined) return undefined;
  return {
    x: between(panDeg, reach.panDeg, generic.x),
    y: between(tiltDeg, reach.tiltDeg, generic.y),
    space: spaces.generic,
  };
}

function zoomOf(zoom: number | undefined, { zoom: range, zoomMax }: PtzScale): number | undefined {
  if (zoom === undefined || range === undefined) return undefined;
  if (zoomMax === undefined || zoomMax <= 1) return zoom === 1 ? range[0] : undefined;
  return between(clamp(zoom, 1, zoomMax), [1, zoomMax], range);
}

/** The camera's numbers to degrees; undefined where they say nothing that could be told in degrees. */
export function toHead({ panTilt, zoom }: CameraPosition, scale: PtzScale): HeadPosition | undefined {
  if (panTilt === undefined) return undefined;
  const zoomed = zoomTimes(zoom, scale);
  if (panTilt.space === spaces.spherical) return { panDeg: wrap180Deg(panTilt.x), tiltDeg: panTilt.y, zoom: zoomed };
  const { generic, reach } = scale;
  if (panTilt.space !== spaces.generic || generic === undefined || reach === undefined) return undefined;
  return {
    panDeg: wrap180Deg(between(panTilt.x, generic.x, reach.panDeg)),
    tiltDeg: between(panTilt.y, generic.y, reach.tiltDeg),
    zoom: zoomed,
  };
}

function zoomTimes(told: number | undefined, { zoom: range, zoomMax }: PtzScale): number | undefined {
  if (range === undefined) return 1;
  if (told === undefined) return undefined;
  if (zoomMax !== undefined) return between(told, range, [1, zoomMax]);
  // What its numbers mean nobody says; at the wide end alone they say nothing either way.
  return Math.abs(told - range[0]) < 1e-3 ? 1 : undefined;
}
