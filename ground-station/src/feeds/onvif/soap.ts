import { children, childText, isNode, readXml, type XmlNode } from "../../intake/index.js";

export const namespaces = {
  device: "http://www.onvif.org/ver10/device/wsdl",
  media: "http://www.onvif.org/ver10/media/wsdl",
  ptz: "http://www.onvif.org/ver20/ptz/wsdl",
  schema: "http://www.onvif.org/ver10/schema",
} as const;

const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&${entities[one] ?? "amp"};`);

/** A SOAP 1.2 request. `body` and `security` are XML already. */
export function envelope(body: string, security: string): string {
  const header = security === "" ? "" : `<s:Header>${security}</s:Header>`;
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="${namespaces.schema}">${header}<s:Body>${body}</s:Body></s:Envelope>`;
}

export type SoapRead =
  | { readonly kind: "ok"; readonly response: XmlNode }
  /** `codes` without prefixes, outermost first. */
  | { readonly kind: "fault"; readonly codes: readonly string[]; readonly text: string }
  | { readonly kind: "unreadable"; readonly why: string };

const mostWords = 120;
/** What a camera says of itself is shown to people: one short line without control characters. */
export const cameraWords = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, mostWords);

export const firstNode = (of: XmlNode | undefined, name: string): XmlNode | undefined =>
  of === undefined ? undefined : children(of, name).find(isNode);

/** The answer to one action, `NameResponse`, or why there is none. A camera is a stranger: nothing it sends is believed as it is. */
export function readSoap(text: string, action: string): SoapRead {
  const read = readXml(text);
  if (read.kind === "bad") return { kind: "unreadable", why: `its answer ${read.why}` };
  const body = firstNode(firstNode(read.root, "Envelope"), "Body");
  if (body === undefined) return { kind: "unreadable", why: "its answer is no SOAP envelope" };
  const fault = firstNode(body, "Fault");
  if (fault !== undefined) return faultOf(fault);
  const response = children(body, `${action}Response`)[0];
  if (response === undefined) return { kind: "unreadable", why: `it answered something else than ${action}` };
  // An empty element is read as empty text.
  return { kind: "ok", response: isNode(response) ? response : {} };
}

/** SOAP 1.2 (5.4); some cameras answer in 1.1. */
function faultOf(fault: XmlNode): SoapRead {
  const codes: string[] = [];
  for (let code = firstNode(fault, "Code"); code !== undefined; code = firstNode(code, "Subcode"))
    codes.push(childText(code, "Value") ?? "");
  codes.push(childText(fault, "faultcode") ?? "");
  const reason = firstNode(fault, "Reason");
  const text = (reason && childText(reason, "Text")) ?? childText(fault, "faultstring") ?? "";
  return {
    kind: "fault",
    codes: codes.map((one) => cameraWords(one.slice(one.lastIndexOf(":") + 1))).filter((one) => one !== ""),
    text: cameraWords(text),
  };
}
