import { children, childText, isNode, type XmlNode } from "../../intake/index.js";
import { type CameraPosition, type PtzSpaces, spaces } from "./ptz-scale.js";
import { cameraWords, escapeXml, firstNode, namespaces } from "./soap.js";

export type Preset = { readonly token: string; readonly name: string; readonly position: CameraPosition | undefined };
export type HeadStatus = {
  readonly position: CameraPosition;
  /** Undefined where it does not say. */
  readonly moving: boolean | undefined;
};
export type Profile = { readonly token: string; readonly node: string | undefined };

const mostPresets = 32;

/** Requests of the device, media (ver10) and PTZ (ver20) services, as bodies of an envelope. */
export const requests = {
  GetSystemDateAndTime: () => element("GetSystemDateAndTime", namespaces.device, ""),
  GetServices: () => element("GetServices", namespaces.device, "<IncludeCapability>false</IncludeCapability>"),
  GetCapabilities: () => element("GetCapabilities", namespaces.device, "<Category>All</Category>"),
  GetProfiles: () => element("GetProfiles", namespaces.media, ""),
  GetNodes: () => element("GetNodes", namespaces.ptz, ""),
  GetStatus: (profile: string) => element("GetStatus", namespaces.ptz, profileOf(profile)),
  GetPresets: (profile: string) => element("GetPresets", namespaces.ptz, profileOf(profile)),
  AbsoluteMove: (profile: string, position: CameraPosition) =>
    element("AbsoluteMove", namespaces.ptz, `${profileOf(profile)}<Position>${vector(position)}</Position>`),
  GotoPreset: (profile: string, preset: string) =>
    element("GotoPreset", namespaces.ptz, `${profileOf(profile)}<PresetToken>${escapeXml(preset)}</PresetToken>`),
} as const;
export type Action = keyof typeof requests;

const element = (name: string, namespace: string, inner: string): string =>
  `<${name} xmlns="${namespace}">${inner}</${name}>`;
const profileOf = (token: string): string => `<ProfileToken>${escapeXml(token)}</ProfileToken>`;

function vector({ panTilt, zoom }: CameraPosition): string {
  const turn =
    panTilt && `<tt:PanTilt x="${panTilt.x.toFixed(6)}" y="${panTilt.y.toFixed(6)}" space="${panTilt.space}"/>`;
  const lens = zoom === undefined ? "" : `<tt:Zoom x="${zoom.toFixed(6)}" space="${spaces.zoom}"/>`;
  return `${turn ?? ""}${lens}`;
}

/** The camera's clocks, Unix ms; undefined where it does not tell one. Some label local time as UTC: both are wanted. */
export function dateAndTime(response: XmlNode): { utcMs: number | undefined; localMs: number | undefined } {
  const told = firstNode(response, "SystemDateAndTime");
  return { utcMs: clockMs(firstNode(told, "UTCDateTime")), localMs: clockMs(firstNode(told, "LocalDateTime")) };
}

function clockMs(at: XmlNode | undefined): number | undefined {
  const [date, time] = [firstNode(at, "Date"), firstNode(at, "Time")];
  const [year, month, day] = ["Year", "Month", "Day"].map((name) => numberIn(date, name));
  const [hour, minute, second] = ["Hour", "Minute", "Second"].map((name) => numberIn(time, name));
  if (year === undefined || month === undefined || day === undefined || hour === undefined) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute ?? 0, second ?? 0);
  return Number.isFinite(ms) ? ms : undefined;
}

function numberIn(of: XmlNode | undefined, name: string): number | undefined {
  const text = of && childText(of, name);
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Addresses by namespace, as the camera tells them (GetServices). */
export function servicesIn(response: XmlNode): ReadonlyMap<string, string> {
  return new Map(
    children(response, "Service")
      .filter(isNode)
      .map((one) => [childText(one, "Namespace") ?? "", childText(one, "XAddr") ?? ""]),
  );
}

/** The same of those who only know GetCapabilities. */
export function capabilitiesIn(response: XmlNode): ReadonlyMap<string, string> {
  const all = firstNode(response, "Capabilities");
  const address = (name: string): string => {
    const one = firstNode(all, name);
    return (one && childText(one, "XAddr")) ?? "";
  };
  const found: [string, string][] = [
    [namespaces.media, address("Media")],
    [namespaces.ptz, address("PTZ")],
  ];
  return new Map(found.filter(([, url]) => url !== ""));
}

/** Media profiles that have a PTZ configuration. */
export function profilesIn(response: XmlNode): readonly Profile[] {
  return children(response, "Profiles")
    .filter(isNode)
    .flatMap((one): Profile[] => {
      const ptz = firstNode(one, "PTZConfiguration");
      const token = one["@token"];
      return ptz === undefined || typeof token !== "string" ? [] : [{ token, node: childText(ptz, "NodeToken") }];
    });
}

/** The spaces of one node; of the first where it is not named. */
export function spacesIn(response: XmlNode, node: string | undefined): PtzSpaces | undefined {
  const nodes = children(response, "PTZNode").filter(isNode);
  const supported = firstNode(nodes.find((one) => one["@token"] === node) ?? nodes[0], "SupportedPTZSpaces");
  if (supported === undefined) return undefined;
  const both = (uri: string): PtzSpaces["generic"] => {
    const one = spaceNamed(supported, "AbsolutePanTiltPositionSpace", uri);
    const [x, y] = [rangeIn(one, "XRange"), rangeIn(one, "YRange")];
    return x === undefined || y === undefined ? undefined : { x, y };
  };
  return {
    spherical: both(spaces.spherical),
    generic: both(spaces.generic),
    zoom: rangeIn(spaceNamed(supported, "AbsoluteZoomPositionSpace", spaces.zoom), "XRange"),
  };
}

const spaceNamed = (of: XmlNode, name: string, uri: string): XmlNode | undefined =>
  children(of, name)
    .filter(isNode)
    .find((one) => childText(one, "URI")?.trim() === uri);

function rangeIn(of: XmlNode | undefined, name: string): readonly [number, number] | undefined {
  const range = firstNode(of, name);
  const [min, max] = [numberIn(range, "Min"), numberIn(range, "Max")];
  return min === undefined || max === undefined || !(max > min) ? undefined : [min, max];
}

export function statusIn(response: XmlNode): HeadStatus | undefined {
  const status = firstNode(response, "PTZStatus");
  if (status === undefined) return undefined;
  const move = firstNode(status, "MoveStatus");
  const told = ["PanTilt", "Zoom"].map((name) => (move && childText(move, name))?.trim());
  return {
    position: positionIn(firstNode(status, "Position")),
    moving: told.includes("MOVING") ? true : told.includes("IDLE") ? false : undefined,
  };
}

export function presetsIn(response: XmlNode): readonly Preset[] {
  return children(response, "Preset")
    .filter(isNode)
    .slice(0, mostPresets)
    .flatMap((one): Preset[] => {
      const token = one["@token"];
      if (typeof token !== "string" || token === "" || token.length > 64) return [];
      const name = cameraWords(childText(one, "Name") ?? "");
      const at = firstNode(one, "PTZPosition");
      return [{ token, name: name === "" ? cameraWords(token) : name, position: at && positionIn(at) }];
    });
}

function positionIn(of: XmlNode | undefined): CameraPosition {
  const [turn, lens] = [firstNode(of, "PanTilt"), firstNode(of, "Zoom")];
  const [x, y, zoom] = [attribute(turn, "@x"), attribute(turn, "@y"), attribute(lens, "@x")];
  const space = turn?.["@space"];
  return {
    panTilt:
      x === undefined || y === undefined
        ? undefined
        : { x, y, space: typeof space === "string" ? space : spaces.generic },
    zoom,
  };
}

function attribute(of: XmlNode | undefined, name: string): number | undefined {
  const text = of?.[name];
  const value = typeof text !== "string" || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
