export { createSupervisionPart, type SupervisionDeps } from "./supervision-part.js";
export { type SupervisionState, supervisionRoom } from "./supervision-room.js";
