export { type AircraftCamerasDeps, createAircraftCameras } from "./aircraft-cameras.js";
export { ffmpegEncoder, findFfmpeg } from "./io/ffmpeg.js";
export * from "./light.js";
export type { ScenePerson } from "./paint-people.js";
export type { SceneVehicle, VehicleBody } from "./paint-vehicles.js";
export * from "./renderer.js";
export { packetise, type RtpSender, rtpPayloadType, rtpTimeOf, senderReport } from "./rtp.js";
export {
  type CameraStream,
  type CameraStreamDeps,
  createCameraStream,
  type Encoder,
  type EncoderOptions,
  type StartEncoder,
} from "./stream.js";
export { project, viewOf } from "./view.js";
