export { createDispatchPart, type DispatchPart } from "./dispatch-part.js";
export { type DispatchState, dispatchRoom } from "./dispatch-room.js";
export { officerCookieName } from "./links.js";
export { askForLink, type OfficerDoor, type OfficerPass } from "./officer-door.js";
export { type UnreadCard, unreadAfterMs, unreadCards } from "./unread.js";
