import { eulerOf } from "../air/index.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

/** The camera component: MAV_COMP_ID_CAMERA. */
export const cameraCompid = 100;
const int32Max = 2_147_483_647;
const int32Min = -2_147_483_648;
const sensorWidthMm = 6.4;
const widestHfovDeg = 64;
const narrowestHfovDeg = 5.8;

export type Camera = {
  /** 0…100 % of the zoom range. */
  zoomPct: number;
  /** UDP port of the video stream, told in VIDEO_STREAM_INFORMATION. */
  readonly videoPort: number;
  /** Where its heat picture is opened (RTSP), told as stream 2; undefined where it has but one sensor. */
  readonly heatUri: string | undefined;
  recording: boolean;
  images: number;
};

/** What a renderer needs to draw the picture: where the camera is and looks, in truth. */
export type CameraPose = {
  northM: number;
  eastM: number;
  altAmslM: number;
  headingDeg: number;
  pitchDeg: number;
  rollDeg: number;
  hfovDeg: number;
  vfovDeg: number;
};

export function createCamera(videoPort: number, heatUri?: string): Camera {
  return { zoomPct: 0, videoPort, heatUri, recording: false, images: 0 };
}

/** Zoom is even in magnification, as a servo zoom feels. */
export function hfovOf(camera: Camera): number {
  return widestHfovDeg * (narrowestHfovDeg / widestHfovDeg) ** (camera.zoomPct / 100);
}

function vfovOf(hfovDeg: number): number {
  return (2 * Math.atan((Math.tan((hfovDeg * Math.PI) / 360) * 9) / 16) * 180) / Math.PI;
}

export function cameraPose(v: Vehicle): CameraPose {
  const s = v.plant.truth;
  const heading = ((eulerOf(s).yawRad + v.gimbal.panRad) * 180) / Math.PI;
  const hfovDeg = hfovOf(v.camera);
  return {
    northM: s.northM,
    eastM: s.eastM,
    altAmslM: s.altAmslM,
    headingDeg: ((heading % 360) + 360) % 360,
    pitchDeg: (v.gimbal.pitchRad * 180) / Math.PI,
    rollDeg: 0,
    hfovDeg,
    vfovDeg: vfovOf(hfovDeg),
  };
}

/** SET_CAMERA_ZOOM: 0 step, 1 continuous (one step here), 2 range %, 3 focal length mm, 4 horizontal FOV degrees. */
export function zoomCamera(camera: Camera, kind: number, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const ofFov = (fov: number) => (Math.log(fov / widestHfovDeg) / Math.log(narrowestHfovDeg / widestHfovDeg)) * 100;
  if (kind === 0 || kind === 1) camera.zoomPct += value * 10;
  else if (kind === 2) camera.zoomPct = value;
  else if (kind === 3) camera.zoomPct = ofFov((2 * Math.atan(sensorWidthMm / 2 / value) * 180) / Math.PI);
  else if (kind === 4) camera.zoomPct = ofFov(value);
  else return false;
  camera.zoomPct = Math.max(0, Math.min(100, camera.zoomPct));
  return true;
}

export function emitCameraHeartbeat(v: Vehicle): void {
  v.emit(
    { name: "HEARTBEAT", type: 30, autopilot: 8, baseMode: 0, customMode: 0, systemStatus: 4, mavlinkVersion: 3 },
    cameraCompid,
  );
}

export function emitCameraInformation(v: Vehicle): void {
  const focal = sensorWidthMm / 2 / Math.tan((widestHfovDeg * Math.PI) / 360);
  v.emit(
    {
      name: "CAMERA_INFORMATION",
      timeBootMs: bootTimeMs(v),
      vendorName: letters("Outrider"),
      modelName: letters("Simulated zoom"),
      firmwareVersion: 1,
      focalLength: focal,
      sensorSizeH: sensorWidthMm,
      sensorSizeV: 3.6,
      resolutionH: 1280,
      resolutionV: 720,
      // Captures video, has zoom, has a video stream.
      flags: 1 | 64 | 256,
      gimbalDeviceId: v.gimbal.deviceId,
    },
    cameraCompid,
  );
}

/** What VIDEO_STREAM_INFORMATION says of one of its sensors. */
type Told = { streamId: number; type: number; flags: number; framerate: number; nameText: string; uri: string };

/**
 * One message a stream: the visible sensor pushes RTP while it is on, the heat sensor is drawn while somebody has
 * opened it. `wanted` 0 asks for all.
 */
export function emitVideoStreamInformation(v: Vehicle, wanted = 0): boolean {
  const { videoPort, heatUri } = v.camera;
  const streams: Told[] = [
    { streamId: 1, type: 1, flags: 1, framerate: 15, nameText: "EO", uri: String(videoPort) },
    // Running and thermal: opened by RTSP, so never stopped as far as the camera is concerned.
    ...(heatUri === undefined
      ? []
      : [{ streamId: 2, type: 0, flags: 1 | 2, framerate: 9, nameText: "Heat, white hot", uri: heatUri }]),
  ];
  const told = streams.filter(({ streamId }) => wanted === 0 || streamId === wanted);
  for (const stream of told) {
    v.emit(
      {
        name: "VIDEO_STREAM_INFORMATION",
        ...stream,
        count: streams.length,
        resolutionH: 640,
        resolutionV: 360,
        bitrate: 800_000,
        rotation: 0,
        hfov: Math.round(hfovOf(v.camera)),
        encoding: 1,
      },
      cameraCompid,
    );
  }
  return told.length > 0;
}

export function emitCameraSettings(v: Vehicle): void {
  v.emit(
    {
      name: "CAMERA_SETTINGS",
      timeBootMs: bootTimeMs(v),
      modeId: 1,
      zoomLevel: v.camera.zoomPct,
      focusLevel: Number.NaN,
    },
    cameraCompid,
  );
}

/** CAMERA_FOV_STATUS: where the camera is by the estimate, and where the middle of its picture meets the ground. */
export function emitCameraFov(v: Vehicle): void {
  const pose = cameraPose(v);
  const { estimate: e } = v;
  const here = v.world.frame.toGeo({ northM: e.northM, eastM: e.eastM });
  const hit = groundHit(v, pose);
  const at = hit === undefined ? undefined : v.world.frame.toGeo(hit);
  const cp = Math.cos((pose.pitchDeg * Math.PI) / 360);
  const sp = Math.sin((pose.pitchDeg * Math.PI) / 360);
  const cy = Math.cos((pose.headingDeg * Math.PI) / 360);
  const sy = Math.sin((pose.headingDeg * Math.PI) / 360);
  v.emit(
    {
      name: "CAMERA_FOV_STATUS",
      timeBootMs: bootTimeMs(v),
      latCamera: Math.round(here.latDeg * 1e7),
      lonCamera: Math.round(here.lonDeg * 1e7),
      altCamera: Math.round(e.altAmslM * 1000),
      latImage: at === undefined ? int32Min : Math.round(at.latDeg * 1e7),
      lonImage: at === undefined ? int32Min : Math.round(at.lonDeg * 1e7),
      altImage: hit === undefined ? int32Max : Math.round(hit.altAmslM * 1000),
      q: [cy * cp, -sy * sp, cy * sp, sy * cp],
      hfov: pose.hfovDeg,
      vfov: pose.vfovDeg,
    },
    cameraCompid,
  );
}

/** First ground on the optical axis within 3 km, by the estimate; undefined above the horizon. */
function groundHit(v: Vehicle, pose: CameraPose): { northM: number; eastM: number; altAmslM: number } | undefined {
  const { estimate: e } = v;
  const heading = (pose.headingDeg * Math.PI) / 180;
  const pitch = (pose.pitchDeg * Math.PI) / 180;
  const dn = Math.cos(pitch) * Math.cos(heading);
  const de = Math.cos(pitch) * Math.sin(heading);
  const du = Math.sin(pitch);
  if (du > -0.01) return undefined;
  let low = 0;
  for (let range = 0; range < 3000; ) {
    const stepM = Math.max(5, range * 0.04);
    const next = range + stepM;
    const ground = v.world.env.groundAmslM(e.eastM + de * next, e.northM + dn * next);
    if (e.altAmslM + du * next <= ground) {
      low = range;
      let high = next;
      for (let halving = 0; halving < 10; halving++) {
        const middle = (low + high) / 2;
        const under = v.world.env.groundAmslM(e.eastM + de * middle, e.northM + dn * middle);
        if (e.altAmslM + du * middle <= under) high = middle;
        else low = middle;
      }
      return { northM: e.northM + dn * high, eastM: e.eastM + de * high, altAmslM: e.altAmslM + du * high };
    }
    range = next;
  }
  return undefined;
}

function letters(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
