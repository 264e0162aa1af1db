import { type FixedCameraConfig, onvifOf } from "@outrider/contract";
import { type PlacedCamera, placeCamera } from "../../coverage/index.js";
import type { StationContext } from "../../kernel/index.js";
import { OnvifClient } from "../onvif/onvif-client.js";
import type { SoapPost } from "../onvif/soap-post.js";
import type { TokenDigest } from "../onvif/ws-token.js";
import type { AuthHashes, Login } from "../rtsp/rtsp-auth.js";
import { CameraHead } from "./camera-head.js";

/** How cameras' ONVIF services are reached; without it none is turned. */
export type TurningNetwork = {
  readonly post: SoapPost;
  readonly digest: TokenDigest;
  readonly hashes: AuthHashes;
  /** By camera id. */
  readonly logins: ReadonlyMap<string, Login>;
};

/** A fixed camera that can be turned from here. */
export type Steered = {
  readonly config: FixedCameraConfig;
  readonly placed: PlacedCamera;
  readonly head: CameraHead;
  readonly zoomMax: number | undefined;
  /** Token of the preset that it goes back to; undefined: its surveyed direction. */
  readonly homePreset: string | undefined;
};

/** Why a camera is not turned from here, whoever asks; undefined for one that is. */
export function cannotTurn(config: FixedCameraConfig): string | undefined {
  if (!config.ptz) return `${config.name} does not turn.`;
  if (config.kind === "reader") return `${config.name} reads plates where it looks: it is not turned.`;
  if (!config.shared) return `The owner of ${config.name} has not shared it.`;
  return config.onvif === undefined ? `${config.name} has no ONVIF address in the configuration.` : undefined;
}

export function steeredCameras(
  context: StationContext,
  network: TurningNetwork | undefined,
  onNews: (cameraId: string, moved: boolean) => void,
): ReadonlyMap<string, Steered> {
  const steered = new Map<string, Steered>();
  if (network === undefined) return steered;
  const { world, clocks, chance, kernel, count } = context;
  for (const config of context.config.cameras) {
    const onvif = onvifOf(config);
    if (onvif === undefined || cannotTurn(config) !== undefined) continue;
    const { cameraId } = config;
    const placed = placeCamera(config, world);
    const { post, digest, hashes, logins } = network;
    const client = new OnvifClient({
      address: onvif.address,
      profile: onvif.profile,
      login: logins.get(cameraId),
      ...{ post, digest, hashes, chance, wall: clocks.wall, count: (metric: string) => count(metric) },
    });
    const head = new CameraHead({
      ...{ placed, client, options: onvif, wall: clocks.wall },
      nowMs: () => kernel.nowMs(),
      onNews: (moved) => onNews(cameraId, moved),
    });
    steered.set(cameraId, { config, placed, head, zoomMax: onvif.zoomMax, homePreset: onvif.home });
  }
  return steered;
}
