import { randomInt } from "node:crypto";
import type { CameraPose } from "@outrider/contract";
import {
  createAircraftCameras,
  createRenderer,
  ffmpegEncoder,
  findFfmpeg,
  type SceneVehicle,
  sunAt,
  type VehicleBody,
} from "../../camera/index.js";
import type { CameraPort, Sim } from "../sim.js";
import { stderrLog, udp } from "./platform.js";

const fps = 10;
const bodies: Readonly<Record<string, VehicleBody>> = {
  sedan: "sedan",
  suv: "suv",
  van: "van",
  truck: "pickup",
  hatchback: "sedan",
};

/** Draws, encodes and sends what the aircraft's cameras see; without ffmpeg the flight goes on without a picture, and says so. */
export function camerasOf(sim: Sim): CameraPort {
  const ffmpeg = findFfmpeg();
  if (ffmpeg === undefined) {
    stderrLog("error", "no ffmpeg found: aircraft fly without a picture");
    return { update: () => undefined, close: () => undefined };
  }
  const { city, world, wall, config } = sim.deps;
  const middle = config.docks[0]?.point ?? city.origin;
  const cameras = createAircraftCameras({
    renderer: createRenderer(city),
    host: config.listen.host,
    fps,
    run: sim.clock,
    wall,
    datagrams: udp,
    startEncoder: ffmpegEncoder(ffmpeg),
    log: stderrLog,
    poseOf: (uid) => poseOf(sim, uid),
    vehicles: () => sim.vehicles().map(sceneVehicle),
    people: () => [],
    light: (tMs) => sunAt(tMs, middle),
    newSsrc: () => randomInt(1, 2 ** 32 - 1),
  });
  return { update: (states) => cameras.update(states), close: () => cameras.close() };

  function poseOf(from: Sim, uid: string): CameraPose | undefined {
    const host = from.aircraft.find((one) => one.config.uid === uid);
    if (host === undefined) return undefined;
    const pose = host.autopilot.cameraPose();
    return {
      point: world.frame.toGeo(pose),
      altAmslM: pose.altAmslM,
      yawDeg: pose.headingDeg,
      pitchDeg: pose.pitchDeg,
      rollDeg: pose.rollDeg,
      hfovDeg: pose.hfovDeg,
    };
  }
}

function sceneVehicle(vehicle: ReturnType<Sim["vehicles"]>[number]): SceneVehicle {
  return {
    vehicleId: vehicle.vehicleId,
    eastM: vehicle.eastM,
    northM: vehicle.northM,
    headingDeg: vehicle.headingDeg,
    body: bodies[vehicle.looks.body] ?? "sedan",
    colour: vehicle.looks.color,
    braking: vehicle.speedMps === 0,
  };
}
