import type { MessageOf } from "@outrider/mavlink";

const leastDigits = 8;

/**
 * Identity of an aircraft, lower-case hex: AUTOPILOT_VERSION.uid2 where it holds anything, else uid. uid2 has room for
 * 18 bytes and chips fill fewer, so zero bytes at its end are no part of the name. Never the system id: every PX4
 * leaves the factory as system 1. Undefined where the autopilot gives neither.
 */
export function uidOf(version: MessageOf<"AUTOPILOT_VERSION">): string | undefined {
  if (version.uid2.some((byte) => byte !== 0)) return plainUid(hex(version.uid2));
  return version.uid === 0n ? undefined : version.uid.toString(16).padStart(16, "0");
}

/** A uid without zero bytes at its end, for comparing one typed by hand with one heard. */
export const plainUid = (uid: string): string => uid.replace(/(00)+$/, "").padEnd(leastDigits, "0");

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** "1.17.0" from AUTOPILOT_VERSION.flight_sw_version, with the first bytes of the source revision. */
export function firmwareOf(version: MessageOf<"AUTOPILOT_VERSION">): string {
  const word = version.flightSwVersion >>> 0;
  const number = `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}`;
  const revision = [...version.flightCustomVersion]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  return /[1-9a-f]/.test(revision) ? `${number} ${revision.slice(0, 8)}` : number;
}
