import type { Role, RoomKind } from "@outrider/contract";

const desks: readonly Role[] = ["pic", "rtcc", "trainer", "supervisor"];

/** Who may join which kind of room (docs/security.md, "Who may what"). A role not listed gets nothing. */
export const roomRoles: Readonly<Record<RoomKind, readonly Role[]>> = {
  incidents: desks,
  incident: desks,
  fleet: desks,
  site: desks,
  health: desks,
  pilot: ["pic", "rtcc", "supervisor", "trainer"],
  sightings: ["rtcc", "supervisor"],
  trainer: ["trainer"],
  supervisor: ["supervisor", "auditor"],
};

/** Who sees aircraft move and their pictures. An auditor and an admin do not. */
export const pictureRoles: readonly Role[] = desks;

export const hasAny = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role));

export type RoomAddress = { readonly kind: RoomKind; readonly key: string };

export function roomAddress(room: string): RoomAddress | undefined {
  const [kind, key = ""] = room.split(":", 2);
  return kind !== undefined && Object.hasOwn(roomRoles, kind) ? { kind: kind as RoomKind, key } : undefined;
}

/** Whether a touched name means this room: `pilot:*` means every pilot's. */
export const touchesRoom = (touched: string, room: string): boolean =>
  touched === room || (touched.endsWith(":*") && room.startsWith(touched.slice(0, -1)));
