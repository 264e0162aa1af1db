export { demoImpossible } from "./demo-people.js";
export type { PasswordCheck } from "./login.js";
export { createPeoplePart, type People, type PeopleDeps } from "./people.js";
export { presenceFreshMs } from "./presence.js";
export { factFor } from "./rights.js";
export { Sessions } from "./sessions.js";
export { type Watch, type WatchState, watchRoom } from "./watch-room.js";
