import type { GeoPoint } from "@outrider/contract";
import { circleRing, feetFromMetres, localFrame } from "@outrider/geo";

/** A flight restriction as its publisher knows it: a circle from the ground up. */
export type PublishedNotice = {
  /** `FDC 6/0421`, or any short name. */
  readonly notam: string;
  readonly centre: GeoPoint;
  readonly radiusM: number;
  readonly fromMs: number;
  readonly untilMs: number;
};

/** As high as most of them reach over a city: 3,000 feet above ground. */
const TOP_M = 914.4;
const CORNERS = 48;

const bareNumber = (notam: string): string => notam.replace(/^FDC /, "");
/** Its number in addresses: `6_0421`. */
export const noticeFileId = (notam: string): string => bareNumber(notam).replace(/\W+/g, "_");

/** Corners of an outline that holds the whole circle, closed. */
function outline({ centre, radiusM }: PublishedNotice): GeoPoint[] {
  const frame = localFrame(centre);
  const ring = circleRing({ eastM: 0, northM: 0 }, radiusM, CORNERS).map((at) => frame.toGeo(at));
  return [...ring, ...ring.slice(0, 1)];
}

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

/** The list as the FAA's layer TFR:V_TFR_LOC gives it over WFS: shapes and numbers, without limits and times. */
export function noticeList(notices: readonly PublishedNotice[]): unknown {
  const features = notices.map((one, at) => ({
    type: "Feature",
    id: `V_TFR_LOC.${at + 1}`,
    geometry: { type: "Polygon", coordinates: [outline(one).map(({ latDeg, lonDeg }) => [lonDeg, latDeg])] },
    geometry_name: "GEOM",
    properties: {
      GID: at + 1,
      CNS_LOCATION_ID: "ZOA",
      NOTAM_KEY: /^\d+\/\d+$/.test(bareNumber(one.notam)) ? `${bareNumber(one.notam)}-1-FDC-F` : one.notam,
      TITLE: "SIMULATED RESTRICTION",
      LAST_MODIFICATION_DATETIME: stamp(one.fromMs).replace(/\D/g, "").slice(0, 14),
      STATE: "CA",
      LEGAL: "HAZARDS",
    },
  }));
  return { type: "FeatureCollection", features, totalFeatures: features.length, numberReturned: features.length };
}

const degrees = (value: number, positive: string, negative: string): string =>
  `${Math.abs(value).toFixed(8)}${value < 0 ? negative : positive}`;

/** The notice itself as XNOTAM (`detail_6_0421.xml`): outline, limits, times in UTC. */
export function noticeXml(one: PublishedNotice): string {
  const corners = outline(one).map(
    ({ latDeg, lonDeg }) =>
      `<Avx><codeType>GRC</codeType><geoLat>${degrees(latDeg, "N", "S")}</geoLat><geoLong>${degrees(lonDeg, "E", "W")}</geoLong></Avx>`,
  );
  const times = `<dateEffective>${stamp(one.fromMs)}</dateEffective><dateExpire>${stamp(one.untilMs)}</dateExpire>`;
  const limit = (which: string, feet: number): string =>
    `<codeDistVer${which}>HEI</codeDistVer${which}><valDistVer${which}>${feet}</valDistVer${which}><uomDistVer${which}>FT</uomDistVer${which}>`;
  const area = `<aseTFRArea><txtName>Area A</txtName>${limit("Upper", Math.round(feetFromMetres(TOP_M)))}${limit("Lower", 0)}<ScheduleGroup>${times}</ScheduleGroup></aseTFRArea>`;
  const group = `<TFRAreaGroup>${area}<abdMergedArea>${corners.join("")}</abdMergedArea></TFRAreaGroup>`;
  const name = one.notam.replace(/[<>&]/g, " ");
  return `<?xml version="1.0" encoding="UTF-8"?><XNOTAM-Update><Group><Add><Not><NotUid><txtLocalName>${name}</txtLocalName></NotUid>${times}<codeTimeZone>UTC</codeTimeZone><txtDescrPurpose>SIMULATED RESTRICTION</txtDescrPurpose><TfrNot><codeType>HAZARDS</codeType>${group}</TfrNot></Not></Add></Group></XNOTAM-Update>`;
}
