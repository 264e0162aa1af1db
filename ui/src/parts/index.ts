export { Age, type AgeProps } from "./Age.js";
export { AircraftStrip, type AircraftStripProps, type StripLook, type StripView } from "./AircraftStrip.js";
export { AlarmBar, type AlarmBarProps } from "./AlarmBar.js";
export { AskForReason, type AskForReasonProps, type Purpose, purposeProblem } from "./AskForReason.js";
export { agoSpan, agoText, listText, spokenSpan } from "./ago.js";
export { type AlarmItem, alarmBar, oldestUnread, type SoundDue, soundsDue } from "./alarms.js";
export { CameraTile, type CameraTileProps, type CameraTileView } from "./CameraTile.js";
export { type Command, CommandPalette, matching } from "./CommandPalette.js";
export { type Coverage, CoverageLegend } from "./CoverageLegend.js";
export { Drawer } from "./Drawer.js";
export { EnergyBar } from "./EnergyBar.js";
export { type EnergyInput, energyShares } from "./energy.js";
export { Fold } from "./Fold.js";
export { type GateLook, GateRow, type GateView, gateCount, gateOrder } from "./GateRow.js";
export { basisText, gateText } from "./gateText.js";
export { type HoldStatus, HoldToConfirm, type HoldToConfirmProps } from "./HoldToConfirm.js";
export { Painted, type PaintedProps } from "./io/Painted.js";
export { type KeyGroup, KeyMap } from "./KeyMap.js";
export { LaunchCard, type LaunchCardProps, type LaunchCardView, type LoserView } from "./LaunchCard.js";
export { Dash, Key, Logo, Octagon, Tick, Triangle, Unknown } from "./Marks.js";
export { NextMinutes, type NextMinutesProps, type NextRow } from "./NextMinutes.js";
export { Notice } from "./Notice.js";
export { ObservationCard, type ObservationCardProps, type ObservationView } from "./ObservationCard.js";
export { PrivacyWhy, usePrivacyWhy } from "./PrivacyWhy.js";
export { type ProfileView, SideProfile } from "./SideProfile.js";
export { SimBand, SimWord } from "./SimBand.js";
export { Timeline, type TimelineItem, type TimelineProps } from "./Timeline.js";
export { TopBar, type TopBarProps } from "./TopBar.js";
export {
  type Figure,
  formatDistance,
  formatHeight,
  formatSpeed,
  heightParts,
  speedParts,
  type Units,
} from "./units.js";
export { beside, command, useDeskKeys } from "./useDeskKeys.js";
export { type HotkeyAction, type Hotkeys, isTyping, useHotkeys } from "./useHotkeys.js";
export { useWidth } from "./useWidth.js";
export { VerifyCard, type VerifyCardProps, type VerifyView } from "./VerifyCard.js";
export { type VideoLook, VideoPane, type VideoPaneProps } from "./VideoPane.js";
export { wordedText } from "./wordedText.js";
export * from "./words.js";
