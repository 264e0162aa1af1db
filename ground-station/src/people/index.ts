export { demoImpossible } from "./demo-people.js";
export { nobodysHash, type PasswordCheck } from "./login.js";
export { createPeoplePart, type People, type PeopleDeps } from "./people.js";
export { presenceFreshMs } from "./presence.js";
export { factFor, seesPlates, withoutPlate } from "./rights.js";
export { Sessions } from "./sessions.js";
export { type Watch, type WatchState, watchRoom } from "./watch-room.js";
export { hasAny, pictureRights, type Right, rolesAt, roomRights, routeRights } from "./who-may.js";
