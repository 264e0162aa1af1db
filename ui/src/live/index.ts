export { type AlarmSound, alarmSound, VOLUME_FLOOR } from "./alarmSound.js";
export { type ActAnswer, type ActParams, API, callStation, problemText } from "./callStation.js";
export { type HeatChoice, type HeatWish, heatButton, heatChoice } from "./heatChoice.js";
export {
  LiveContext,
  useLink,
  useLive,
  usePresence,
  useRepeat,
  useRoom,
  useRoomState,
  useStationNow,
  useTick,
  useTurns,
} from "./hooks.js";
export { LiveVideo, type LiveVideoProps, type VideoNews } from "./LiveVideo.js";
export { type LinkLook, LiveClient, type RoomState, type ViewOf } from "./liveClient.js";
export { type CityLoad, loadCity } from "./loadCity.js";
export { type ReadAnswer, readStation } from "./readStation.js";
export { SampleStore } from "./sampleStore.js";
export { askTicket, readSession, type StationSession } from "./session.js";
export { ahead, SkyPoses, strangerUid } from "./skyPoses.js";
export { browserPorts, type LivePorts, type LiveSocket, type SocketEvents } from "./socket.js";
export { StationClock } from "./stationClock.js";
export { useGestureSound } from "./useGestureSound.js";
export { type Heat, useHeat } from "./useHeat.js";
export { monotonicMs, type ReadState, useRead } from "./useRead.js";
export { wallClockMs } from "./wallClock.js";
export { playWhep, type ShownPicture, type WhepNews, type WhepPlayer } from "./whepPlayer.js";
