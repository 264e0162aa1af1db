import type { Actor } from "@outrider/contract";
import type { OfficerLink } from "./dispatch-room.js";

export const linkHolder = "link holder";

/** As whom a phone acknowledges: never more than is known. */
export const holderOf = (link: OfficerLink): string =>
  link.holder === undefined ? linkHolder : `${link.holder.name} (${link.holder.badge})`;

/** The person known by badge and PIN; before that the link stands for whoever of the unit holds the phone. */
export const officerActor = (link: OfficerLink): Actor => ({
  kind: "person",
  personId: link.holder === undefined ? link.linkId : `badge:${link.holder.badge}`,
  name: link.holder === undefined ? `${link.unit}, ${linkHolder}` : holderOf(link),
  role: "officer",
});
