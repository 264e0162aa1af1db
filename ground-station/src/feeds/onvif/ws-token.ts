import type { Login } from "../rtsp/rtsp-auth.js";
import { escapeXml } from "./soap.js";

/** Base64 of SHA-1 over the bytes of a nonce and a text after it. */
export type TokenDigest = (nonce: Uint8Array, text: string) => string;

const wss = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";

/**
 * WS-UsernameToken with a password digest (WSS Username Token Profile 1.1, ONVIF Core 5.9.2). `createdMs` is the camera's
 * own time: a token that is a few seconds off is refused by most.
 */
export function usernameToken(login: Login, nonce: Uint8Array, createdMs: number, digest: TokenDigest): string {
  const created = new Date(createdMs).toISOString();
  const password = digest(nonce, `${created}${login.password}`);
  return `<w:Security xmlns:w="${wss}-wssecurity-secext-1.0.xsd" s:mustUnderstand="1"><w:UsernameToken><w:Username>${escapeXml(login.user)}</w:Username><w:Password Type="${wss}-username-token-profile-1.0#PasswordDigest">${password}</w:Password><w:Nonce EncodingType="${wss}-soap-message-security-1.0#Base64Binary">${btoa(String.fromCharCode(...nonce))}</w:Nonce><u:Created xmlns:u="${wss}-wssecurity-utility-1.0.xsd">${created}</u:Created></w:UsernameToken></w:Security>`;
}
