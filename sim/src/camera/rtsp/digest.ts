export type CameraLogin = { readonly user: string; readonly password: string };
export type Md5 = (text: string) => string;

/** What a camera of today asks for: digest by MD5 with a nonce of its own for each connection (RFC 7616, 3.3). */
export const digestChallenge = (realm: string, nonce: string): string =>
  `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"`;

/** Whether an `Authorization` header proves that its sender knows the password. */
export function digestHolds(
  header: string | undefined,
  asked: { readonly method: string; readonly realm: string; readonly nonce: string },
  login: CameraLogin,
  md5: Md5,
): boolean {
  if (header === undefined || !/^Digest /i.test(header)) return false;
  const fields = new Map(
    [...header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = "", quoted, bare]) => [
      name,
      quoted ?? bare ?? "",
    ]),
  );
  const field = (name: string): string => fields.get(name) ?? "";
  if (field("username") !== login.user || field("nonce") !== asked.nonce) return false;
  const who = md5(`${login.user}:${asked.realm}:${login.password}`);
  const what = md5(`${asked.method}:${field("uri")}`);
  const between = fields.has("qop") ? `${field("nc")}:${field("cnonce")}:auth:` : "";
  return field("response") === md5(`${who}:${asked.nonce}:${between}${what}`);
}
