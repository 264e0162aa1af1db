import { type Config, onvifOf } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { HeatCamera, ServedCamera } from "./camera-messages.js";
import { stderrLog } from "./platform.js";
import { secret } from "./read-setup.js";

/**
 * The configuration's fixed cameras whose streams are on this machine: the simulator stands in for each at its own
 * address, so that the station opens it as it would a real one.
 */
export function servedCameras(config: Config, world: World): readonly ServedCamera[] {
  return config.cameras.flatMap((camera): readonly ServedCamera[] => {
    const { cameraId, stream, login } = camera;
    if (stream === undefined) return [];
    const url = here(stream, config);
    if (url?.protocol !== "rtsp:") {
      stderrLog("warn", "not this machine's camera: its picture is not simulated", { cameraId });
      return [];
    }
    const services = here(onvifOf(camera)?.address, config);
    if (camera.onvif !== undefined && services === undefined)
      stderrLog("warn", "not this machine's camera: it is not turned here", { cameraId });
    const at = world.frame.toLocal(camera.point);
    const pose = {
      point: camera.point,
      altAmslM: world.terrain.groundAmslM(at.eastM, at.northM) + camera.heightAglM,
      yawDeg: camera.azimuthDeg,
      pitchDeg: camera.pitchDeg,
      rollDeg: 0,
      hfovDeg: camera.hfovDeg,
    };
    return [
      {
        cameraId,
        name: camera.name,
        pose,
        ptz: camera.ptz,
        onvif:
          services === undefined
            ? undefined
            : { port: portOf(services, 80), path: services.pathname.replace(/\/device_service$/, "") },
        login: login === undefined ? undefined : { user: login.user, password: secret(login.password) },
        port: portOf(url, 554),
        path: pathOf(url),
      },
    ];
  });
}

/** The heat pictures of aircraft that have such a sensor, where their streams are on this machine. */
export function servedHeat(config: Config): readonly HeatCamera[] {
  return config.aircraft.flatMap(({ uid, callSign, heat }): readonly HeatCamera[] => {
    const url = here(heat, config);
    if (url?.protocol === "rtsp:") return [{ uid, port: portOf(url, 554), path: pathOf(url) }];
    if (heat !== undefined) stderrLog("warn", "not this machine's camera: its heat is not simulated", { callSign });
    return [];
  });
}

/** An address on this machine; undefined for one that is elsewhere. */
function here(address: string | undefined, config: Config): URL | undefined {
  if (address === undefined) return undefined;
  const url = new URL(address);
  return ["127.0.0.1", "localhost", config.listen.host].includes(url.hostname) ? url : undefined;
}

const portOf = (url: URL, usual: number): number => (url.port === "" ? usual : Number(url.port));
const pathOf = (url: URL): string => url.pathname.replace(/\/$/, "") || "/";
