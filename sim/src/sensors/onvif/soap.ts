import { child, escapeXml, readXml, type XmlElement } from "./xml.js";

export type SoapRequest = { readonly header: XmlElement | undefined; readonly action: XmlElement };

/** What a service refuses: code and subcode of SOAP 1.2 as ONVIF Core 5.8.2 names them, and a sentence. */
export type SoapFault = {
  readonly kind: "fault";
  readonly side: "Sender" | "Receiver";
  readonly subcodes: readonly string[];
  readonly reason: string;
};
export type SoapAnswer = { readonly kind: "ok"; readonly body: string } | SoapFault;

export const ok = (body: string): SoapAnswer => ({ kind: "ok", body });
export const fault = (reason: string, ...subcodes: readonly string[]): SoapFault => ({
  kind: "fault",
  side: "Sender",
  subcodes,
  reason,
});
export const notSupported = (name: string): SoapFault => ({
  kind: "fault",
  side: "Receiver",
  subcodes: ["ActionNotSupported"],
  reason: `${name} is not offered by this camera`,
});

const names = [
  ["s", "http://www.w3.org/2003/05/soap-envelope"],
  ["tds", "http://www.onvif.org/ver10/device/wsdl"],
  ["trt", "http://www.onvif.org/ver10/media/wsdl"],
  ["tptz", "http://www.onvif.org/ver20/ptz/wsdl"],
  ["tt", "http://www.onvif.org/ver10/schema"],
  ["ter", "http://www.onvif.org/ver10/error"],
] as const;
export const namespaces: Readonly<Record<(typeof names)[number][0], string>> = {
  s: names[0][1],
  tds: names[1][1],
  trt: names[2][1],
  tptz: names[3][1],
  tt: names[4][1],
  ter: names[5][1],
};

/** The one element in the body of an envelope; undefined where there is no such thing. */
export function readSoap(text: string): SoapRequest | undefined {
  const envelope = readXml(text);
  if (envelope?.name !== "Envelope") return undefined;
  const [action] = child(envelope, "Body")?.children ?? [];
  return action === undefined ? undefined : { header: child(envelope, "Header"), action };
}

export function writeSoap(answer: SoapAnswer): string {
  const declared = names.map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`).join(" ");
  const body = answer.kind === "ok" ? answer.body : faultBody(answer);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope ${declared}><s:Body>${body}</s:Body></s:Envelope>`;
}

function faultBody({ side, subcodes, reason }: SoapFault): string {
  const nested = subcodes.reduceRight(
    (inner, code) => `<s:Subcode><s:Value>ter:${code}</s:Value>${inner}</s:Subcode>`,
    "",
  );
  const text = `<s:Reason><s:Text xml:lang="en">${escapeXml(reason)}</s:Text></s:Reason>`;
  return `<s:Fault><s:Code><s:Value>s:${side}</s:Value>${nested}</s:Code>${text}</s:Fault>`;
}
