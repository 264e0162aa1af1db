/** What a camera says of its H.264 track (RFC 8866, RFC 6184 section 8). */
export type VideoTrack = {
  /** `a=control` of the track and of the whole presentation; resolved against the base address. */
  readonly control: string;
  readonly aggregate: string;
  readonly payloadType: number;
  /** SPS and PPS where the camera tells them only here. */
  readonly parameterSets: readonly Uint8Array[];
};
export type SdpAnswer =
  | { readonly kind: "track"; readonly track: VideoTrack }
  | { readonly kind: "none"; readonly why: string };

type Media = { readonly head: string; readonly attributes: string[] };

/** The first H.264 track of a description; other codecs are named, since that is what a person must change. */
export function h264Track(sdp: string): SdpAnswer {
  const session: string[] = [];
  const media: Media[] = [];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith("m=")) media.push({ head: line.slice(2), attributes: [] });
    else if (line.startsWith("a=")) (media.at(-1)?.attributes ?? session).push(line.slice(2));
  }
  const videos = media.filter(({ head }) => head.startsWith("video "));
  for (const { attributes } of videos) {
    const map = attributes.map((one) => /^rtpmap:(\d+) H264\/90000/i.exec(one)).find((one) => one !== null);
    if (map == null) continue;
    const payloadType = Number(map[1]);
    return {
      kind: "track",
      track: {
        control: attribute(attributes, "control:") ?? "*",
        aggregate: attribute(session, "control:") ?? "*",
        payloadType,
        parameterSets: parameterSets(attribute(attributes, `fmtp:${payloadType} `) ?? ""),
      },
    };
  }
  const codecs = videos.flatMap(({ attributes }) =>
    attributes.flatMap((one) => /^rtpmap:\d+ (\w+)/.exec(one)?.[1] ?? []),
  );
  return {
    kind: "none",
    why:
      codecs.length === 0
        ? "it offers no video"
        : `it sends ${codecs.slice(0, 3).join(", ").slice(0, 40)}: set it to H.264`,
  };
}

const attribute = (lines: readonly string[], name: string): string | undefined =>
  lines
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim();

function parameterSets(fmtp: string): Uint8Array[] {
  const told = /sprop-parameter-sets=([A-Za-z0-9+/=,]+)/.exec(fmtp)?.[1] ?? "";
  return told.split(",").flatMap((text): Uint8Array[] => {
    try {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      return bytes.byteLength > 1 ? [bytes] : [];
    } catch {
      return [];
    }
  });
}

/** Address of a control attribute (RFC 2326, C.1.1): absolute, or below the base. */
export function controlUrl(base: string, control: string): string {
  if (control === "*" || control === "") return base;
  if (/^rtsps?:\/\//i.test(control)) return control;
  return `${base.endsWith("/") ? base : `${base}/`}${control}`;
}
