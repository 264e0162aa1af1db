import type { Config } from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { ServedCamera } from "./camera-messages.js";
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
    const url = new URL(stream);
    if (url.protocol !== "rtsp:" || !["127.0.0.1", "localhost", config.listen.host].includes(url.hostname)) {
      stderrLog("warn", "not this machine's camera: its picture is not simulated", { cameraId });
      return [];
    }
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
        pose,
        login: login === undefined ? undefined : { user: login.user, password: secret(login.password) },
        port: Number(url.port === "" ? 554 : url.port),
        path: url.pathname.replace(/\/$/, "") || "/",
      },
    ];
  });
}
