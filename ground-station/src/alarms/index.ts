export { type AlarmState, alarmRoom } from "./alarm-room.js";
export { type AlarmDeps, type AlarmsPart, createAlarmsPart } from "./alarms-part.js";
export { type AircraftNow, type AlarmNow, alarmLimits, type Wanted, wantedAlarms } from "./wanted.js";
