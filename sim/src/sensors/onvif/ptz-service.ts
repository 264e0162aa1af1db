import { type PtzHead, type PtzPosition, ptzLimits } from "./ptz-head.js";
import { fault, notSupported, ok, type SoapAnswer } from "./soap.js";
import { child, escapeXml, textOf, type XmlElement } from "./xml.js";

const spaces = "http://www.onvif.org/ver10/tptz/PanTiltSpaces";
const zoomSpaces = "http://www.onvif.org/ver10/tptz/ZoomSpaces";
const space = {
  position: `${spaces}/PositionGenericSpace`,
  spherical: `${spaces}/SphericalPositionSpace`,
  translation: `${spaces}/TranslationGenericSpace`,
  velocity: `${spaces}/VelocityGenericSpace`,
  zoomPosition: `${zoomSpaces}/PositionGenericSpace`,
  zoomTranslation: `${zoomSpaces}/TranslationGenericSpace`,
  zoomVelocity: `${zoomSpaces}/VelocityGenericSpace`,
} as const;

export const profileToken = "P1";
const nodeToken = "N1";
const configurationToken = "C1";
const defaultTimeoutMs = 5_000;
const longestTimeoutMs = 60_000;
const mostPresets = 64;

const tiltMiddle = (ptzLimits.tiltMaxDeg + ptzLimits.tiltMinDeg) / 2;
const tiltHalf = (ptzLimits.tiltMaxDeg - ptzLimits.tiltMinDeg) / 2;

type Preset = { readonly name: string; readonly position: PtzPosition };

/** The PTZ service of one camera (ONVIF PTZ 2.0): moves, status, presets. Times are run time. */
export class PtzService {
  readonly #head: PtzHead;
  readonly #presets = new Map<string, Preset>();
  #made = 0;

  constructor(head: PtzHead) {
    this.#head = head;
  }

  answer(action: XmlElement, nowMs: number, utc: string): SoapAnswer {
    const known: Readonly<Record<string, () => SoapAnswer>> = {
      GetNodes: () => ok(`<tptz:GetNodesResponse>${node("tptz:PTZNode")}</tptz:GetNodesResponse>`),
      GetNode: () => ok(`<tptz:GetNodeResponse>${node("tptz:PTZNode")}</tptz:GetNodeResponse>`),
      GetConfigurations: () =>
        ok(
          `<tptz:GetConfigurationsResponse>${ptzConfiguration("tptz:PTZConfiguration")}</tptz:GetConfigurationsResponse>`,
        ),
      GetConfiguration: () =>
        ok(
          `<tptz:GetConfigurationResponse>${ptzConfiguration("tptz:PTZConfiguration")}</tptz:GetConfigurationResponse>`,
        ),
    };
    const plain = known[action.name];
    if (plain !== undefined) return plain();
    if (textOf(action, "ProfileToken") !== profileToken) return fault("no such profile", "InvalidArgVal", "NoProfile");
    switch (action.name) {
      case "GetStatus":
        return this.#status(nowMs, utc);
      case "AbsoluteMove":
        return this.#absolute(action, nowMs);
      case "RelativeMove":
        return this.#relative(action, nowMs);
      case "ContinuousMove":
        return this.#continuous(action, nowMs);
      case "Stop":
        return this.#stop(action, nowMs);
      case "GetPresets":
        return this.#listPresets();
      case "SetPreset":
        return this.#setPreset(action, nowMs);
      case "RemovePreset":
        return this.#removePreset(action);
      case "GotoPreset":
        return this.#gotoPreset(action, nowMs);
      default:
        return notSupported(action.name);
    }
  }

  #status(nowMs: number, utc: string): SoapAnswer {
    const position = positionXml(this.#head.at(nowMs));
    const moving = this.#head.isMoving(nowMs);
    const word = (on: boolean): string => (on ? "MOVING" : "IDLE");
    const status = `<tt:MoveStatus><tt:PanTilt>${word(moving.panTilt)}</tt:PanTilt><tt:Zoom>${word(moving.zoom)}</tt:Zoom></tt:MoveStatus>`;
    return ok(
      `<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position>${position}</tt:Position>${status}<tt:UtcTime>${utc}</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>`,
    );
  }

  #absolute(action: XmlElement, nowMs: number): SoapAnswer {
    const target = absoluteTarget(child(action, "Position"));
    if (target === undefined)
      return fault("position outside of what this camera reaches", "InvalidArgVal", "InvalidPosition");
    this.#head.moveTo(target, speedOf(action), nowMs);
    return ok("<tptz:AbsoluteMoveResponse/>");
  }

  #relative(action: XmlElement, nowMs: number): SoapAnswer {
    const by = child(action, "Translation");
    const panTilt = pair(by, "PanTilt", space.translation);
    const zoom = single(by, space.zoomTranslation);
    if (panTilt === "bad" || zoom === "bad" || (panTilt === undefined && zoom === undefined))
      return fault("translation outside of -1 to 1", "InvalidArgVal", "InvalidTranslation");
    const here = this.#head.at(nowMs);
    const target = {
      panDeg: here.panDeg + (panTilt?.x ?? 0) * 180,
      tiltDeg: here.tiltDeg + (panTilt?.y ?? 0) * tiltHalf,
      zoom: here.zoom + (zoom ?? 0) * (ptzLimits.zoomMax - 1),
    };
    this.#head.moveTo(target, speedOf(action), nowMs);
    return ok("<tptz:RelativeMoveResponse/>");
  }

  #continuous(action: XmlElement, nowMs: number): SoapAnswer {
    const velocity = child(action, "Velocity");
    const panTilt = pair(velocity, "PanTilt", space.velocity);
    const zoom = single(velocity, space.zoomVelocity);
    const timeoutMs = durationMs(textOf(action, "Timeout"));
    if (panTilt === "bad" || zoom === "bad" || (panTilt === undefined && zoom === undefined))
      return fault("velocity outside of -1 to 1", "InvalidArgVal", "InvalidVelocity");
    if (timeoutMs === undefined)
      return fault("a timeout is a duration such as PT1S, a minute at most", "InvalidArgVal", "TimeoutNotSupported");
    const speeds = {
      panDps: (panTilt?.x ?? 0) * ptzLimits.panDps,
      tiltDps: (panTilt?.y ?? 0) * ptzLimits.tiltDps,
      zoomPerS: (zoom ?? 0) * ptzLimits.zoomPerS,
    };
    this.#head.turn(speeds, timeoutMs, nowMs);
    return ok("<tptz:ContinuousMoveResponse/>");
  }

  #stop(action: XmlElement, nowMs: number): SoapAnswer {
    const wanted = (name: string): boolean => textOf(action, name) !== "false";
    this.#head.stop({ panTilt: wanted("PanTilt"), zoom: wanted("Zoom") }, nowMs);
    return ok("<tptz:StopResponse/>");
  }

  #listPresets(): SoapAnswer {
    const list = [...this.#presets].map(
      ([token, { name, position }]) =>
        `<tptz:Preset token="${token}"><tt:Name>${escapeXml(name)}</tt:Name><tt:PTZPosition>${positionXml(position)}</tt:PTZPosition></tptz:Preset>`,
    );
    return ok(`<tptz:GetPresetsResponse>${list.join("")}</tptz:GetPresetsResponse>`);
  }

  #setPreset(action: XmlElement, nowMs: number): SoapAnswer {
    const old = textOf(action, "PresetToken");
    if (old !== undefined && !this.#presets.has(old)) return noPreset();
    if (old === undefined && this.#presets.size >= mostPresets)
      return { ...fault("no room for another preset", "Action", "TooManyPresets"), side: "Receiver" };
    if (old === undefined) this.#made += 1;
    const token = old ?? `preset-${this.#made}`;
    const name = textOf(action, "PresetName") ?? this.#presets.get(token)?.name ?? token;
    this.#presets.set(token, { name: name.slice(0, 64), position: this.#head.at(nowMs) });
    return ok(`<tptz:SetPresetResponse><tptz:PresetToken>${token}</tptz:PresetToken></tptz:SetPresetResponse>`);
  }

  #removePreset(action: XmlElement): SoapAnswer {
    return this.#presets.delete(textOf(action, "PresetToken") ?? "") ? ok("<tptz:RemovePresetResponse/>") : noPreset();
  }

  #gotoPreset(action: XmlElement, nowMs: number): SoapAnswer {
    const preset = this.#presets.get(textOf(action, "PresetToken") ?? "");
    if (preset === undefined) return noPreset();
    this.#head.moveTo(preset.position, speedOf(action), nowMs);
    return ok("<tptz:GotoPresetResponse/>");
  }
}

const noPreset = (): SoapAnswer => fault("no such preset", "InvalidArgVal", "NoToken");

/** In the generic spaces: pan half a turn to each side, tilt over its whole reach, zoom from wide to far. */
function positionXml({ panDeg, tiltDeg, zoom }: PtzPosition): string {
  const y = (tiltDeg - tiltMiddle) / tiltHalf;
  const z = (zoom - 1) / (ptzLimits.zoomMax - 1);
  return `<tt:PanTilt x="${(panDeg / 180).toFixed(6)}" y="${y.toFixed(6)}" space="${space.position}"/><tt:Zoom x="${z.toFixed(6)}" space="${space.zoomPosition}"/>`;
}

type Pair = { readonly x: number; readonly y: number };

const within = (value: number, most: number): boolean => Number.isFinite(value) && Math.abs(value) <= most;
const attribute = (of: XmlElement, name: string): number => Number(of.attributes.get(name)?.trim() || Number.NaN);

function pair(of: XmlElement | undefined, name: string, wanted: string): Pair | "bad" | undefined {
  const one = child(of, name);
  if (one === undefined) return undefined;
  const [x, y] = [attribute(one, "x"), attribute(one, "y")];
  const named = one.attributes.get("space") ?? wanted;
  return named === wanted && within(x, 1) && within(y, 1) ? { x, y } : "bad";
}

function single(of: XmlElement | undefined, wanted: string): number | "bad" | undefined {
  const one = child(of, "Zoom");
  if (one === undefined) return undefined;
  const x = attribute(one, "x");
  return (one.attributes.get("space") ?? wanted) === wanted && within(x, 1) ? x : "bad";
}

/** Generic or, in degrees, spherical; what is left out stays where it is. */
function absoluteTarget(position: XmlElement | undefined): Partial<PtzPosition> | undefined {
  const panTilt = child(position, "PanTilt");
  const zoom = single(position, space.zoomPosition);
  if (zoom === "bad" || (zoom !== undefined && zoom < 0) || (panTilt === undefined && zoom === undefined))
    return undefined;
  const zoomed = zoom === undefined ? {} : { zoom: 1 + zoom * (ptzLimits.zoomMax - 1) };
  if (panTilt === undefined) return zoomed;
  if (panTilt.attributes.get("space") === space.spherical) {
    const [panDeg, tiltDeg] = [attribute(panTilt, "x"), attribute(panTilt, "y")];
    const reached = within(panDeg, 180) && tiltDeg >= ptzLimits.tiltMinDeg && tiltDeg <= ptzLimits.tiltMaxDeg;
    return reached ? { panDeg, tiltDeg, ...zoomed } : undefined;
  }
  const generic = pair(position, "PanTilt", space.position);
  if (generic === undefined || generic === "bad") return undefined;
  return { panDeg: generic.x * 180, tiltDeg: tiltMiddle + generic.y * tiltHalf, ...zoomed };
}

/** Share of the motors' speed: the larger of both axes, full where none is named. */
function speedOf(action: XmlElement): number {
  const panTilt = child(action, "Speed", "PanTilt");
  if (panTilt === undefined) return 1;
  const most = Math.max(Math.abs(attribute(panTilt, "x")), Math.abs(attribute(panTilt, "y")));
  return Number.isFinite(most) && most > 0 ? Math.min(1, most) : 1;
}

/** `PT1S`, `PT0.5S`, `PT1M`; the default where there is none, undefined where it is no duration or too long. */
function durationMs(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return defaultTimeoutMs;
  const parts = /^PT(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(text);
  if (parts === null || text === "PT") return undefined;
  const ms = Number(parts[1] ?? 0) * 60_000 + Number(parts[2] ?? 0) * 1000;
  return ms <= longestTimeoutMs ? ms : undefined;
}

const range = (name: string, min: number, max: number): string =>
  `<tt:${name}><tt:Min>${min}</tt:Min><tt:Max>${max}</tt:Max></tt:${name}>`;

function node(tag: string): string {
  const both = (name: string, uri: string, x: readonly [number, number], y: readonly [number, number]): string =>
    `<tt:${name}><tt:URI>${uri}</tt:URI>${range("XRange", ...x)}${range("YRange", ...y)}</tt:${name}>`;
  const one = (name: string, uri: string, min: number): string =>
    `<tt:${name}><tt:URI>${uri}</tt:URI>${range("XRange", min, 1)}</tt:${name}>`;
  const whole = [-1, 1] as const;
  const reach = [
    both("AbsolutePanTiltPositionSpace", space.position, whole, whole),
    both("AbsolutePanTiltPositionSpace", space.spherical, [-180, 180], [ptzLimits.tiltMinDeg, ptzLimits.tiltMaxDeg]),
    one("AbsoluteZoomPositionSpace", space.zoomPosition, 0),
    both("RelativePanTiltTranslationSpace", space.translation, whole, whole),
    one("RelativeZoomTranslationSpace", space.zoomTranslation, -1),
    both("ContinuousPanTiltVelocitySpace", space.velocity, whole, whole),
    one("ContinuousZoomVelocitySpace", space.zoomVelocity, -1),
  ].join("");
  return `<${tag} token="${nodeToken}"><tt:Name>Dome</tt:Name><tt:SupportedPTZSpaces>${reach}</tt:SupportedPTZSpaces><tt:MaximumNumberOfPresets>${mostPresets}</tt:MaximumNumberOfPresets><tt:HomeSupported>false</tt:HomeSupported></${tag}>`;
}

export const ptzConfiguration = (tag: string): string =>
  `<${tag} token="${configurationToken}"><tt:Name>Dome</tt:Name><tt:UseCount>1</tt:UseCount><tt:NodeToken>${nodeToken}</tt:NodeToken><tt:DefaultAbsolutePantTiltPositionSpace>${space.position}</tt:DefaultAbsolutePantTiltPositionSpace><tt:DefaultContinuousPanTiltVelocitySpace>${space.velocity}</tt:DefaultContinuousPanTiltVelocitySpace><tt:DefaultPTZTimeout>PT${defaultTimeoutMs / 1000}S</tt:DefaultPTZTimeout></${tag}>`;
