import type { SoapAsk, SoapPost, SoapReply } from "../onvif/soap-post.js";

const s = 'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tt="http://www.onvif.org/ver10/schema"';
export const soapAnswer = (body: string, status = 200): SoapReply => ({
  kind: "reply",
  status,
  headers: [],
  text: `<?xml version="1.0"?><s:Envelope ${s}><s:Body>${body}</s:Body></s:Envelope>`,
});
export const soapFault = (code: string, text: string): SoapReply =>
  soapAnswer(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:${code}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${text}</s:Text></s:Reason></s:Fault>`,
    400,
  );

const generic = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/PositionGenericSpace";
const range = (name: string, min: number, max: number): string =>
  `<tt:${name}><tt:Min>${min}</tt:Min><tt:Max>${max}</tt:Max></tt:${name}>`;
const clock = (name: string, ms: number): string => {
  const at = new Date(ms);
  return `<tt:${name}><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:${name}>`;
};

export type FakeAsk = SoapAsk & { readonly action: string };

/** A camera that does at once what it is told, in the generic space: pan -1..1 is ±180°, tilt -1..1 is -90°..+15°. */
export class FakeOnvif {
  readonly asked: FakeAsk[] = [];
  x = 0;
  y = 0.4857;
  zoom = 0;
  moving = false;
  utcMs = 0;
  localMs: number | undefined;
  /** By action: what is answered instead, once for each entry. */
  readonly instead = new Map<string, SoapReply[]>();
  /** Stands where it is, whatever it is told. */
  stuck = false;
  presets = '<tptz:Preset token="gate"><tt:Name>Gate</tt:Name></tptz:Preset>';

  readonly post: SoapPost = (ask, done) => {
    const action = /<s:Body><(\w+)/.exec(ask.body)?.[1] ?? "";
    this.asked.push({ ...ask, action });
    done(this.instead.get(action)?.shift() ?? this.#answer(action, ask.body));
    return () => undefined;
  };

  of(action: string): readonly FakeAsk[] {
    return this.asked.filter((one) => one.action === action);
  }

  #answer(action: string, body: string): SoapReply {
    const number = (pattern: RegExp): number => Number(pattern.exec(body)?.[1]);
    switch (action) {
      case "GetSystemDateAndTime":
        return soapAnswer(
          `<d:GetSystemDateAndTimeResponse><d:SystemDateAndTime>${clock("UTCDateTime", this.utcMs)}${this.localMs === undefined ? "" : clock("LocalDateTime", this.localMs)}</d:SystemDateAndTime></d:GetSystemDateAndTimeResponse>`,
        );
      case "GetServices":
        return soapAnswer(
          `<d:GetServicesResponse>${[
            ["http://www.onvif.org/ver10/media/wsdl", "http://192.168.0.90:8000/onvif/media"],
            ["http://www.onvif.org/ver20/ptz/wsdl", "http://192.168.0.90:8000/onvif/ptz"],
          ]
            .map(([uri, at]) => `<d:Service><d:Namespace>${uri}</d:Namespace><d:XAddr>${at}</d:XAddr></d:Service>`)
            .join("")}</d:GetServicesResponse>`,
        );
      case "GetProfiles":
        return soapAnswer(
          '<trt:GetProfilesResponse><trt:Profiles token="fixed"><tt:Name>a</tt:Name></trt:Profiles><trt:Profiles token="P1"><tt:PTZConfiguration token="C1"><tt:NodeToken>N1</tt:NodeToken></tt:PTZConfiguration></trt:Profiles></trt:GetProfilesResponse>',
        );
      case "GetNodes":
        return soapAnswer(
          `<tptz:GetNodesResponse><tptz:PTZNode token="N1"><tt:SupportedPTZSpaces><tt:AbsolutePanTiltPositionSpace><tt:URI>${generic}</tt:URI>${range("XRange", -1, 1)}${range("YRange", -1, 1)}</tt:AbsolutePanTiltPositionSpace><tt:AbsoluteZoomPositionSpace><tt:URI>http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionGenericSpace</tt:URI>${range("XRange", 0, 1)}</tt:AbsoluteZoomPositionSpace></tt:SupportedPTZSpaces></tptz:PTZNode></tptz:GetNodesResponse>`,
        );
      case "GetPresets":
        return soapAnswer(`<tptz:GetPresetsResponse>${this.presets}</tptz:GetPresetsResponse>`);
      case "GetStatus":
        return soapAnswer(
          `<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="${this.x}" y="${this.y}"/><tt:Zoom x="${this.zoom}"/></tt:Position><tt:MoveStatus><tt:PanTilt>${this.moving ? "MOVING" : "IDLE"}</tt:PanTilt></tt:MoveStatus></tptz:PTZStatus></tptz:GetStatusResponse>`,
        );
      case "AbsoluteMove":
        if (!this.stuck) {
          this.x = number(/PanTilt x="([^"]+)"/);
          this.y = number(/ y="([^"]+)"/);
          const zoom = number(/Zoom x="([^"]+)"/);
          if (Number.isFinite(zoom)) this.zoom = zoom;
        }
        return soapAnswer("<tptz:AbsoluteMoveResponse/>");
      case "GotoPreset":
        return soapAnswer("<tptz:GotoPresetResponse/>");
      default:
        return soapFault("ActionNotSupported", "no such action");
    }
  }
}
