import { child, textOf, type XmlElement } from "./xml.js";

export type OnvifLogin = { readonly user: string; readonly password: string };
/** Base64 of SHA-1 over a nonce (given in base64) and a text after it. */
export type DigestOf = (nonceBase64: string, text: string) => string;

/** Older than this, or this far ahead, a token is refused: clients ask for the camera's time first. */
const windowMs = 300_000;

/**
 * WS-UsernameToken with a password digest (WSS Username Token Profile 1.1, ONVIF Core 5.9.2): nonce and time are both
 * mandatory, and no token counts twice.
 */
export class TokenCheck {
  readonly #seen = new Map<string, number>();
  readonly #login: OnvifLogin;
  readonly #digest: DigestOf;

  constructor(login: OnvifLogin, digest: DigestOf) {
    this.#login = login;
    this.#digest = digest;
  }

  holds(header: XmlElement | undefined, nowMs: number): boolean {
    const token = child(header, "Security", "UsernameToken");
    const nonce = textOf(token, "Nonce");
    const created = textOf(token, "Created");
    const password = child(token, "Password");
    if (token === undefined || nonce === undefined || created === undefined || password === undefined) return false;
    if (!(password.attributes.get("Type") ?? "").endsWith("#PasswordDigest")) return false;
    const createdMs = Date.parse(created);
    if (!(Math.abs(nowMs - createdMs) <= windowMs) || textOf(token, "Username") !== this.#login.user) return false;
    if (password.text.trim() !== this.#digest(nonce, `${created}${this.#login.password}`)) return false;
    for (const [old, atMs] of this.#seen) if (nowMs - atMs > 2 * windowMs) this.#seen.delete(old);
    const key = `${nonce} ${created}`;
    if (this.#seen.has(key)) return false;
    this.#seen.set(key, nowMs);
    return true;
  }
}
