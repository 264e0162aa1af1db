export type { HeardAircraft, HeightsHere } from "./adsb.js";
export { aircraftJson, sbsLines } from "./adsb.js";
export type { CallerReport } from "./eido.js";
export { eidoDocument } from "./eido.js";
export { flockAlert, uuidOf } from "./flock-alert.js";
export type { ShotReport } from "./gunshot.js";
export { gunshotDocument } from "./gunshot.js";
export { type AirDataDoor, type AirDataServer, serveAirData } from "./io/air-data-server.js";
export { listenOnvif, type OnvifListenDeps, tokenDigest } from "./io/onvif-listen.js";
export { type LookErrors, type SeenLooks, seeLooks, usualLookErrors } from "./look-errors.js";
export { metarText, type Weather } from "./metar.js";
export type { Reading } from "./misread.js";
export { readPlate } from "./misread.js";
export {
  hardship,
  type PlateView,
  plateAngleDeg,
  usualPlateErrors,
  type WrongShares,
  wrongShare,
} from "./misread-share.js";
export { noticeFileId, noticeList, noticeXml, type PublishedNotice } from "./notices.js";
export { OnvifCamera, type OnvifCameraOptions, type OnvifRequest, type OnvifResponse } from "./onvif/onvif-camera.js";
export { PtzHead, type PtzPosition, type PtzVelocity, ptzLimits } from "./onvif/ptz-head.js";
export type { PlatePass } from "./plate-pass.js";
export type { GrayPicture } from "./plate-picture.js";
export { platePicture } from "./plate-picture.js";
export { plateRecognizerHook } from "./plate-recognizer.js";
export { rekorGroup } from "./rekor.js";
export type { SignTools, SourceKey } from "./signed-post.js";
export { signedHeaders } from "./signed-post.js";
