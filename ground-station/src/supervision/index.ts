export { decidedLately } from "./decided-lately.js";
export { PgQueries, type Sql } from "./pg-queries.js";
export type { OpenQueries } from "./query-desk.js";
export type { QueryStore } from "./query-store.js";
export { createSupervisionPart, type SupervisionDeps, type SupervisionPart } from "./supervision-part.js";
export { type SupervisionState, supervisionRoom } from "./supervision-room.js";
