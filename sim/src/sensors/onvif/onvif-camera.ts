import type { PtzHead } from "./ptz-head.js";
import { PtzService, profileToken, ptzConfiguration } from "./ptz-service.js";
import { fault, namespaces, notSupported, ok, readSoap, type SoapAnswer, writeSoap } from "./soap.js";
import { type DigestOf, type OnvifLogin, TokenCheck } from "./username-token.js";
import { escapeXml, textOf, type XmlElement } from "./xml.js";

export type OnvifCameraOptions = {
  readonly cameraId: string;
  readonly name: string;
  /** Where its pictures are. */
  readonly streamUri: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly login: OnvifLogin | undefined;
  /** Absent for a camera that does not turn. */
  readonly head: PtzHead | undefined;
  readonly digest: DigestOf;
};

/** `base` is the address that the client reached, without the service's own path. Both times in milliseconds. */
export type OnvifRequest = {
  readonly body: string;
  readonly base: string;
  readonly runMs: number;
  readonly wallMs: number;
};
export type OnvifResponse = { readonly status: number; readonly body: string };

const paths = { device: "/device_service", media: "/media_service", ptz: "/ptz_service" } as const;
/** Whoever asks the time or what there is has not yet been able to say who he is (ONVIF Core 5.9). */
const open: ReadonlySet<string> = new Set([
  "GetSystemDateAndTime",
  "GetServices",
  "GetCapabilities",
  "GetServiceCapabilities",
]);
const ptzOnly: ReadonlySet<string> = new Set([
  "GetNodes",
  "GetNode",
  "GetConfigurations",
  "GetConfiguration",
  "GetStatus",
  "AbsoluteMove",
  "RelativeMove",
  "ContinuousMove",
  "Stop",
  "GetPresets",
  "SetPreset",
  "RemovePreset",
  "GotoPreset",
]);

/** A fixed camera as ONVIF has it: device and media as far as a client needs them for its picture, and the whole of PTZ moves. */
export class OnvifCamera {
  readonly #options: OnvifCameraOptions;
  readonly #token: TokenCheck | undefined;
  readonly #ptz: PtzService | undefined;

  constructor(options: OnvifCameraOptions) {
    this.#options = options;
    this.#token = options.login === undefined ? undefined : new TokenCheck(options.login, options.digest);
    this.#ptz = options.head === undefined ? undefined : new PtzService(options.head);
  }

  answer(request: OnvifRequest): OnvifResponse {
    const answer = this.#decide(request);
    // SOAP over HTTP: what the sender did wrong is 400, what the camera cannot do is 500.
    const status = answer.kind === "ok" ? 200 : answer.side === "Sender" ? 400 : 500;
    return { status, body: writeSoap(answer) };
  }

  #decide({ body, base, runMs, wallMs }: OnvifRequest): SoapAnswer {
    const soap = readSoap(body);
    if (soap === undefined) return fault("no SOAP 1.2 envelope with a request in it", "WellFormed");
    const { action, header } = soap;
    if (!open.has(action.name) && this.#token?.holds(header, wallMs) === false)
      return fault("name and password digest are wanted, with a time near that of this camera", "NotAuthorized");
    const utc = new Date(wallMs).toISOString();
    if (ptzOnly.has(action.name)) return this.#ptz?.answer(action, runMs, utc) ?? notSupported(action.name);
    return this.#device(action, base, wallMs) ?? this.#media(action) ?? notSupported(action.name);
  }

  #device(action: XmlElement, base: string, wallMs: number): SoapAnswer | undefined {
    switch (action.name) {
      case "GetSystemDateAndTime":
        return ok(dateAndTime(wallMs));
      case "GetDeviceInformation":
        return ok(
          `<tds:GetDeviceInformationResponse><tds:Manufacturer>Outrider</tds:Manufacturer><tds:Model>Simulated camera</tds:Model><tds:FirmwareVersion>1</tds:FirmwareVersion><tds:SerialNumber>${escapeXml(this.#options.cameraId)}</tds:SerialNumber><tds:HardwareId>simulator</tds:HardwareId></tds:GetDeviceInformationResponse>`,
        );
      case "GetServices":
        return ok(`<tds:GetServicesResponse>${this.#services(base)}</tds:GetServicesResponse>`);
      case "GetCapabilities":
        return ok(
          `<tds:GetCapabilitiesResponse><tds:Capabilities>${this.#capabilities(base)}</tds:Capabilities></tds:GetCapabilitiesResponse>`,
        );
      case "GetServiceCapabilities":
        return ok(
          '<tds:GetServiceCapabilitiesResponse><tds:Capabilities><tds:Network/><tds:Security UsernameToken="true" HttpDigest="false"/><tds:System/></tds:Capabilities></tds:GetServiceCapabilitiesResponse>',
        );
      case "GetScopes":
        return ok(`<tds:GetScopesResponse>${this.#scopes()}</tds:GetScopesResponse>`);
      default:
        return undefined;
    }
  }

  #services(base: string): string {
    const one = (uri: string, path: string): string =>
      `<tds:Service><tds:Namespace>${uri}</tds:Namespace><tds:XAddr>${escapeXml(base + path)}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>60</tt:Minor></tds:Version></tds:Service>`;
    const ptz = this.#ptz === undefined ? "" : one(namespaces.tptz, paths.ptz);
    return one(namespaces.tds, paths.device) + one(namespaces.trt, paths.media) + ptz;
  }

  #capabilities(base: string): string {
    const one = (name: string, path: string, more = ""): string =>
      `<tt:${name}><tt:XAddr>${escapeXml(base + path)}</tt:XAddr>${more}</tt:${name}>`;
    const streaming =
      "<tt:StreamingCapabilities><tt:RTPMulticast>false</tt:RTPMulticast><tt:RTP_TCP>true</tt:RTP_TCP><tt:RTP_RTSP_TCP>true</tt:RTP_RTSP_TCP></tt:StreamingCapabilities>";
    const ptz = this.#ptz === undefined ? "" : one("PTZ", paths.ptz);
    return one("Device", paths.device) + one("Media", paths.media, streaming) + ptz;
  }

  #scopes(): string {
    const { name } = this.#options;
    const scopes = [
      "onvif://www.onvif.org/Profile/Streaming",
      "onvif://www.onvif.org/hardware/simulator",
      `onvif://www.onvif.org/name/${encodeURIComponent(name)}`,
      ...(this.#ptz === undefined ? [] : ["onvif://www.onvif.org/type/ptz"]),
    ];
    return scopes
      .map(
        (one) =>
          `<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>${escapeXml(one)}</tt:ScopeItem></tds:Scopes>`,
      )
      .join("");
  }

  #media(action: XmlElement): SoapAnswer | undefined {
    switch (action.name) {
      case "GetProfiles":
        return ok(`<trt:GetProfilesResponse>${this.#profile("trt:Profiles")}</trt:GetProfilesResponse>`);
      case "GetProfile":
        if (textOf(action, "ProfileToken") !== profileToken) return noProfile();
        return ok(`<trt:GetProfileResponse>${this.#profile("trt:Profile")}</trt:GetProfileResponse>`);
      case "GetStreamUri": {
        if (textOf(action, "ProfileToken") !== profileToken) return noProfile();
        const protocol = textOf(action, "StreamSetup", "Transport", "Protocol") ?? "RTSP";
        if (!["UDP", "TCP", "RTSP"].includes(protocol) || textOf(action, "StreamSetup", "Stream") === "RTP-Multicast")
          return fault("only unicast over RTSP", "InvalidArgVal", "InvalidStreamSetup");
        return ok(
          `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${escapeXml(this.#options.streamUri)}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetStreamUriResponse>`,
        );
      }
      default:
        return undefined;
    }
  }

  #profile(tag: string): string {
    const { width, height, fps, name } = this.#options;
    const source = `<tt:VideoSourceConfiguration token="VSC1"><tt:Name>Source</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>VS1</tt:SourceToken><tt:Bounds x="0" y="0" width="${width}" height="${height}"/></tt:VideoSourceConfiguration>`;
    const encoder = `<tt:VideoEncoderConfiguration token="VEC1"><tt:Name>H.264</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality><tt:RateControl><tt:FrameRateLimit>${fps}</tt:FrameRateLimit><tt:EncodingInterval>1</tt:EncodingInterval><tt:BitrateLimit>2500</tt:BitrateLimit></tt:RateControl><tt:H264><tt:GovLength>${fps * 2}</tt:GovLength><tt:H264Profile>Baseline</tt:H264Profile></tt:H264><tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>`;
    const ptz = this.#ptz === undefined ? "" : ptzConfiguration("tt:PTZConfiguration");
    return `<${tag} token="${profileToken}" fixed="true"><tt:Name>${escapeXml(name)}</tt:Name>${source}${encoder}${ptz}</${tag}>`;
  }
}

const noProfile = (): SoapAnswer => fault("no such profile", "InvalidArgVal", "NoProfile");

function dateAndTime(wallMs: number): string {
  const at = new Date(wallMs);
  const time = `<tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time>`;
  const date = `<tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date>`;
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime>${time}${date}</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}
