import type { RoomKind } from "@outrider/contract";
import { roomRights } from "../people/index.js";

export type RoomAddress = { readonly kind: RoomKind; readonly key: string };

export function roomAddress(room: string): RoomAddress | undefined {
  const [kind, key = ""] = room.split(":", 2);
  return kind !== undefined && Object.hasOwn(roomRights, kind) ? { kind: kind as RoomKind, key } : undefined;
}

/** Whether a touched name means this room: `pilot:*` means every pilot's. */
export const touchesRoom = (touched: string, room: string): boolean =>
  touched === room || (touched.endsWith(":*") && room.startsWith(touched.slice(0, -1)));
