import { at } from "./test-config.js";

/** A gunshot alert in the canonical form, at local metres and a time. */
export function gunshot(
  over: Record<string, unknown> = {},
  place: { eastM: number; northM: number; occurredMs: number } = {
    eastM: 0,
    northM: 0,
    occurredMs: Date.UTC(2026, 0, 1, 19, 59, 40),
  },
): string {
  const point = at(place.eastM, place.northM);
  return JSON.stringify({
    source: "shots",
    sourceIncidentId: "g-1",
    revision: 1,
    kind: "gunfire",
    classifier: "human",
    workflow: "published",
    confidence: 0.9,
    occurredAt: new Date(place.occurredMs).toISOString(),
    publishedAt: new Date(place.occurredMs + 10_000).toISOString(),
    location: { lat: point.latDeg, lon: point.lonDeg, radiusM: 25, address: "1 Example St" },
    rounds: 5,
    flags: [],
    ...over,
  });
}

export function pidf(
  eastM: number,
  northM: number,
  radius = '<gs:radius uom="urn:ogc:def:uom:EPSG::9001">30</gs:radius>',
): string {
  const point = at(eastM, northM);
  return `<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0"><gp:location-info><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>${point.latDeg} ${point.lonDeg}</gml:pos>${radius}</gs:Circle></gp:location-info></presence>`;
}

/** A NENA EIDO of a call; `over` replaces top-level members, `incident` members of its incident. */
export function eido(
  over: Record<string, unknown> = {},
  incident: Record<string, unknown> = {},
  location: Record<string, unknown> = {},
): string {
  const head = (id: string) => ({
    $id: id,
    lastUpdateTimeStamp: "2026-01-01T12:59:58.000-07:00",
    updatedByAgencyReference: { $ref: "psap" },
  });
  return JSON.stringify({
    ...head("urn:emergency:uid:incidentid:a56e556d871:psap.example.gov"),
    eidoVersion: "1.0",
    issuingElementIdentification: "cad.psap.example.gov",
    agencyComponent: [{ ...head("psap"), agencyRoleDescriptionRegistryText: ["CallReceiving"], agencyType: ["psap"] }],
    incidentComponent: {
      ...head("inc-1"),
      incidentTypeCommonRegistryText: "CARJACK",
      incidentStatusCommonRegistryText: ["Active"],
      incidentCommonPriorityNumber: 9,
      locationReference: [{ $ref: "loc-1" }],
      ...incident,
    },
    locationComponent: [
      {
        ...head("loc-1"),
        locationTypeDescriptionRegistryText: "CurrentIncident",
        locationByValue: pidf(20, 30),
        locationDescriptionText: "1 Example St",
        ...location,
      },
    ],
    notesComponent: [{ ...head("note-1"), notesActionComments: "Silver sedan, westbound" }],
    ...over,
  });
}

export function cap(over: Record<string, string> = {}): string {
  const point = at(0, 0);
  const parts = {
    status: "Actual",
    msgType: "Alert",
    sent: "2026-01-01T13:00:00-07:00",
    references: "",
    circle: `${point.latDeg},${point.lonDeg} 0.025`,
    expires: "2026-01-01T13:30:00-07:00",
    before: "",
    ...over,
  };
  return `${parts.before}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>c-1</identifier><sender>caps@example.gov</sender><sent>${parts.sent}</sent><status>${parts.status}</status><msgType>${parts.msgType}</msgType><scope>Public</scope>${parts.references}<info><category>Security</category><event>Gunfire</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>${parts.expires}</expires><area><areaDesc>1 Example St</areaDesc><circle>${parts.circle}</circle></area></info></alert>`;
}
