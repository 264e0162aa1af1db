import type { Provenance, Role, RoomKind } from "@outrider/contract";

/**
 * Whose the right is: people of these roles; `anyone`; a machine `source` with its own secret; an `officer`'s phone
 * with its own cookie. A route whose right is not written here is nobody's: a test fails on it.
 */
export type Right = readonly Role[] | "anyone" | "source" | "officer";

const desks: readonly Role[] = ["pic", "rtcc", "trainer", "supervisor"];
const pic: readonly Role[] = ["pic"];
const picOrRtcc: readonly Role[] = ["pic", "rtcc"];
const response: readonly Role[] = ["pic", "rtcc", "supervisor"];
const plates: readonly Role[] = ["rtcc", "supervisor"];
const trainer: readonly Role[] = ["trainer"];
const debrief: readonly Role[] = ["trainer", "supervisor"];
const oversight: readonly Role[] = ["supervisor", "auditor"];

/** Who may join which kind of room of the live wire. A role not listed gets nothing (docs/security.md). */
export const roomRights: Readonly<Record<RoomKind, readonly Role[]>> = {
  incidents: desks,
  incident: desks,
  fleet: desks,
  site: desks,
  sky: desks,
  cameras: desks,
  health: desks,
  pilot: desks,
  sightings: plates,
  trainer,
  supervisor: oversight,
};

/** Who sees aircraft move and their pictures. An auditor and an admin do not. */
export const pictureRights: readonly Role[] = desks;

/** Every route under /api/v1 and who may use it. Each part declares its own beside its code; a test holds them equal. */
export const routeRights: Readonly<Record<string, Right>> = {
  "POST /session": "anyone",
  "DELETE /session": "anyone",
  "GET /session": "anyone",
  "POST /live-ticket": ["pic", "rtcc", "trainer", "supervisor", "auditor"],
  "GET /watches": response,
  "POST /watches": pic,
  "POST /watches/{watchId}/end": ["pic", "supervisor"],

  "POST /intake/native": "source",
  "POST /intake/eido": "source",
  "POST /intake/cap": "source",
  "POST /intake/gunshot": "source",
  "POST /intake/cad/flock": "source",
  "POST /intake/alpr/rekor": "source",
  "POST /intake/alpr/plate-recognizer": "source",
  "POST /intake/alpr/flock": "source",

  "GET /alerts": desks,
  "GET /incidents": desks,
  "GET /incidents/{incidentId}": desks,
  "POST /incidents": response,
  "POST /incidents/{incidentId}/notes": response,
  "POST /incidents/{incidentId}/close": response,
  "POST /incidents/{incidentId}/place": response,
  "POST /incidents/{incidentId}/asks": response,
  "POST /asks/{askId}/answer": pic,

  "GET /launches": ["pic", "rtcc", "supervisor", "auditor"],
  "POST /launches/{launchId}/approve": pic,
  "POST /launches/{launchId}/decline": pic,
  "POST /launches/{launchId}/settle-gate": pic,
  "POST /launches/{launchId}/abort": pic,
  "POST /launches/{launchId}/choose": pic,
  "POST /launches/{launchId}/close": pic,

  "GET /aircraft": desks,
  "GET /docks": desks,
  "GET /sky": desks,
  "POST /aircraft/{uid}/fly": pic,
  "POST /aircraft/all/return": ["pic", "supervisor"],
  "POST /aircraft/{uid}/camera": picOrRtcc,
  "POST /aircraft/{uid}/camera/return": picOrRtcc,
  "POST /cameras/{cameraId}/turn": picOrRtcc,
  "POST /aircraft/{uid}/control/take": pic,
  "POST /aircraft/{uid}/control/offer": pic,
  "POST /aircraft/{uid}/control/accept": pic,
  "POST /alarms/{alarmId}/acknowledge": response,
  "POST /whep/{cameraId}": response,
  "DELETE /whep/{cameraId}/{whepId}": response,

  "GET /coverage/counts.geojson": desks,
  "GET /coverage/seen.geojson": desks,
  "GET /coverage/unseen.geojson": desks,
  "GET /coverage/time-to-camera.geojson": desks,

  "POST /incidents/{incidentId}/purpose": plates,
  "POST /incidents/{incidentId}/vehicles": plates,
  "GET /incidents/{incidentId}/reads": plates,
  "GET /reads/{readId}/crop": plates,
  "POST /hits/{hitId}/verify": plates,

  "POST /incidents/{incidentId}/observations": response,
  "POST /incidents/{incidentId}/advice": plates,
  "GET /incidents/{incidentId}/advice-draft": plates,
  "POST /advice/{adviceId}/withdraw": plates,
  "POST /incidents/{incidentId}/officer-links": plates,
  "POST /officer-links/{linkId}/revoke": plates,
  "POST /officer/session": "officer",
  "POST /officer/badge": "officer",
  "POST /officer/advice/{adviceId}/ack": "officer",
  "GET /officer/view": "officer",
  "POST /officer/whep": "officer",
  "DELETE /officer/whep/{whepId}": "officer",

  "GET /runs": debrief,
  "POST /runs": trainer,
  "POST /runs/current/stop": trainer,
  "POST /runs/current/pause": trainer,
  "POST /runs/current/rate": trainer,
  "POST /runs/current/injects": trainer,
  "POST /runs/current/marks": trainer,
  "POST /runs/current/limits": trainer,
  "POST /runs/current/plan": trainer,
  "POST /runs/current/plan/{planId}/remove": trainer,
  "POST /runs/{runId}/rewind": trainer,
  "POST /runs/{runId}/grade": trainer,
  "GET /runs/{runId}/debrief": debrief,
  "GET /training/records": debrief,
  "POST /demo/incident": desks,
  "GET /replay": debrief,
  "GET /replay/tracks": debrief,
  "GET /flights/{flightId}/track": ["pic", "rtcc", "trainer", "supervisor", "auditor"],

  "GET /decisions": oversight,
  "POST /decisions/{seq}/review": ["supervisor"],
  "GET /searches": oversight,
  "POST /searches/{seq}/review": ["supervisor"],
  "GET /records": oversight,
  "GET /records/export": oversight,
  "GET /records/verify": oversight,
  "GET /reports": oversight,
  "GET /reports/response-times": oversight,

  "GET /public/flights": "anyone",
  "GET /public/why": "anyone",
};

export const hasAny = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role));

/** What a person's roles are worth at this site: a trainer sees and does simulated things only. */
export const rolesAt = (roles: readonly Role[], provenance: Provenance): readonly Role[] =>
  provenance === "sim" ? roles : roles.filter((role) => role !== "trainer");
