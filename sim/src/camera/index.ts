export { type AircraftCamerasDeps, createAircraftCameras } from "./aircraft-cameras.js";
export { createFixedCameras, type FixedCameraSetup, type FixedCamerasDeps } from "./fixed-cameras.js";
export { createHeatCameras, type HeatCamerasDeps } from "./heat-cameras.js";
export { ffmpegEncoder, findFfmpeg } from "./io/ffmpeg.js";
export { listenRtsp } from "./io/rtsp-listen.js";
export { fileSink } from "./io/ts-file.js";
export { tcpSink } from "./io/ts-listen.js";
export type { Attitude } from "./klv/relative-angles.js";
export * from "./light.js";
export type { ScenePerson } from "./paint-people.js";
export { type SceneSignals, signalLamps } from "./paint-signals.js";
export type { SceneVehicle, VehicleBody } from "./paint-vehicles.js";
export * from "./renderer.js";
export { packetise, type RtpSender, rtpPayloadType, rtpTimeOf, senderReport } from "./rtp.js";
export type { RtspCameraDeps } from "./rtsp/rtsp-camera.js";
export {
  type CameraStream,
  type CameraStreamDeps,
  createCameraStream,
  type Encoder,
  type EncoderOptions,
  type PacketOut,
  type StartEncoder,
  udpOut,
} from "./stream.js";
export { createTsFeed, type TsFeed, type TsFeedDeps, type TsSink, udpSink } from "./ts/ts-feed.js";
export { project, viewOf } from "./view.js";
