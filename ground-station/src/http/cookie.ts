export const sessionCookieName = "__Host-sid";
export const sessionHours = 13;

/** Value of one cookie, undefined where it is missing or given twice (a planted second one must not win). */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const values = header
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

const flags = "Path=/; Secure; HttpOnly; SameSite=Strict";

export const sessionCookie = (token: string): string =>
  `${sessionCookieName}=${token}; ${flags}; Max-Age=${sessionHours * 3600}`;

export const endedCookie = `${sessionCookieName}=; ${flags}; Max-Age=0`;
