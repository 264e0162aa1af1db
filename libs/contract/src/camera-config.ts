import { z } from "zod";
import { geoPoint } from "./place.js";

/** Where a secret is: a file of mode 0600, or the environment. Never the secret itself. */
export const secretRef = z.union([z.strictObject({ file: z.string() }), z.strictObject({ env: z.string() })]);

/** What a camera asks of those who open it (RFC 7616 or 7617; WS-UsernameToken). */
const cameraLogin = z.strictObject({ user: z.string().regex(/^[^:"\r\n\\]{1,60}$/), password: secretRef });

const deviceService = z
  .string()
  .regex(
    /^https?:\/\/[^\s/@]+\/\S*device_service$/,
    "must look like http://host:80/onvif/device_service, without a password",
  );
const degRange = z.tuple([z.number().min(-360).max(360), z.number().min(-360).max(360)]);

/** The ONVIF services that a fixed camera is turned by. */
export const onvifConfig = z.strictObject({
  /** Its device service. The addresses that it tells of itself are taken as paths only: never another host or port. */
  address: deviceService,
  /** Left out: the login of its pictures. */
  login: cameraLogin.optional(),
  /** Token of the media profile that is turned; left out: the first with a PTZ configuration. */
  profile: z
    .string()
    .regex(/^[\w.:-]{1,64}$/)
    .optional(),
  /** Token of the preset that it goes back to; left out: the surveyed direction of this file, at its widest. */
  home: z
    .string()
    .regex(/^[\w.:-]{1,64}$/)
    .optional(),
  /** Degrees of pan and tilt at -1 and at +1 of its generic space, where it does not tell them by its spherical one. */
  reach: z.strictObject({ panDeg: degRange, tiltDeg: degRange }).optional(),
  /** How many times nearer its longest lens shows things than its widest; no camera tells it. Left out: it is not zoomed from here. */
  zoomMax: z.number().min(1).max(60).optional(),
});
export type OnvifConfig = z.infer<typeof onvifConfig>;

export const fixedCameraConfig = z.strictObject({
  cameraId: z.string().regex(/^[\w-]{1,40}$/),
  name: z.string(),
  kind: z.enum(["camera", "reader"]),
  point: geoPoint,
  heightAglM: z.number().min(0).max(200),
  /** Where it looks; of one that turns: where it looks at pan 0, and at home. */
  azimuthDeg: z.number().min(0).lt(360),
  pitchDeg: z.number().min(-90).max(90),
  hfovDeg: z.number().gt(1).lt(180),
  rangeM: z.number().positive().max(2000),
  shared: z.boolean(),
  ptz: z.boolean(),
  /** Where its picture is: H.264 over RTSP 1.0. No name and no password in it, since addresses are shown and logged. */
  stream: z
    .string()
    .regex(/^rtsps?:\/\/[^\s/@]+(\/\S*)?$/, "must look like rtsp://host:554/path, without a name or a password")
    .optional(),
  /** What it is turned by; an address alone where nothing else is to be said. */
  onvif: z.union([deviceService, onvifConfig]).optional(),
  login: cameraLogin.optional(),
});
export type FixedCameraConfig = z.infer<typeof fixedCameraConfig>;

/** What is configured of a camera's ONVIF services, however short it was said. */
export function onvifOf({ onvif }: Pick<FixedCameraConfig, "onvif">): OnvifConfig | undefined {
  return typeof onvif === "string" ? { address: onvif } : onvif;
}

/** How fixed cameras are turned by people. */
export const cameraTurningConfig = z.strictObject({
  /** So long after somebody turned it, another is asked before he takes it over; left out: 10 s. */
  heldS: z.number().min(0).max(600).optional(),
  /** So long after the last turn, and while nobody looks, it goes back home; left out: 300 s. */
  homeAfterS: z.number().min(10).max(86_400).optional(),
});
