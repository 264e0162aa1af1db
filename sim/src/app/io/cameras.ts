import { Worker } from "node:worker_threads";
import type { CameraPose } from "@outrider/contract";
import { findFfmpeg, type SceneVehicle, type VehicleBody } from "../../camera/index.js";
import { signalNews } from "../signal-news.js";
import type { CameraPort, Sim } from "../sim.js";
import { attitudeOf } from "../sim-world.js";
import type { CameraNews, CameraSetup, CameraTick } from "./camera-messages.js";
import { stderrLog } from "./platform.js";
import { servedCameras, servedHeat } from "./served-cameras.js";

const bodies: Readonly<Record<string, VehicleBody>> = {
  sedan: "sedan",
  suv: "suv",
  van: "van",
  truck: "pickup",
  hatchback: "sedan",
};

/** Starts the thread of the pictures; without ffmpeg the flight goes on without a picture, and says so. */
export function camerasOf(sim: Sim): CameraPort {
  const ffmpeg = findFfmpeg();
  if (ffmpeg === undefined) {
    stderrLog("error", "no ffmpeg found: aircraft fly without a picture");
    return { update: () => undefined, close: () => undefined };
  }
  const { config } = sim.deps;
  const setup: CameraSetup = {
    cityFile: config.site.city,
    host: config.listen.host,
    ffmpeg,
    timing: sim.clock.timing,
    fixed: servedCameras(config, sim.deps.world),
    heat: servedHeat(config),
    mpegts: config.aircraft.flatMap(({ uid, callSign, mpegts }) =>
      mpegts === undefined ? [] : [{ uid, callSign, over: mpegts.over, file: mpegts.file }],
    ),
  };
  const worker = new Worker(new URL("./camera-worker.js", import.meta.url), { workerData: setup });
  let alive = true;
  let fixedPlaying = 0;
  const lightsNow = signalNews();
  worker.on("message", (news: CameraNews) => {
    fixedPlaying = news.fixedPlaying;
  });
  worker.on("error", (error) => stderrLog("error", "the pictures ended; flight goes on", { error: error.message }));
  worker.on("exit", () => {
    alive = false;
  });
  return {
    update: (states, nowMs) => {
      if (!alive) return;
      const someOn = states.some((state) => state.on);
      const watched = someOn || fixedPlaying > 0;
      const signals = watched ? lightsNow(sim.streets.traffic.signals(sim.cityMs)) : undefined;
      const tick: CameraTick = {
        tMs: nowMs,
        timing: sim.clock.timing,
        states: [...states],
        poses: someOn
          ? sim.aircraft.map(({ config, autopilot }) => ({
              uid: config.uid,
              pose: poseOf(sim, autopilot.cameraPose()),
              platform: attitudeOf(autopilot.truth),
            }))
          : [],
        vehicles: watched ? sim.vehicles().map(sceneVehicle) : [],
        people: watched ? [...sim.streets.people] : [],
        ...(signals === undefined ? {} : { signals }),
      };
      worker.postMessage(tick);
    },
    close: () => void worker.terminate(),
  };
}

function poseOf(sim: Sim, pose: ReturnType<Sim["aircraft"][number]["autopilot"]["cameraPose"]>): CameraPose {
  return {
    point: sim.deps.world.frame.toGeo(pose),
    altAmslM: pose.altAmslM,
    yawDeg: pose.headingDeg,
    pitchDeg: pose.pitchDeg,
    rollDeg: pose.rollDeg,
    hfovDeg: pose.hfovDeg,
  };
}

function sceneVehicle(vehicle: ReturnType<Sim["vehicles"]>[number]): SceneVehicle {
  return {
    vehicleId: vehicle.vehicleId,
    eastM: vehicle.eastM,
    northM: vehicle.northM,
    headingDeg: vehicle.headingDeg,
    body: bodies[vehicle.looks.body] ?? "sedan",
    colour: vehicle.looks.color,
    braking: vehicle.braking,
  };
}
