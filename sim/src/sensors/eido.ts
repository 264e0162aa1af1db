import type { GeoPoint } from "@outrider/contract";

export type CallerReport = {
  readonly incidentUrn: string;
  readonly internalId: string;
  readonly tMs: number;
  readonly callType: string;
  /** NENA common priority, 0 to 10, 10 highest. */
  readonly priority: number;
  readonly point: GeoPoint;
  readonly radiusM: number;
  readonly address: string;
  readonly narrative: string;
  readonly status: "Active" | "Closed" | "Cancelled";
};

const agency = "psap.demo.example";

/** A NENA EIDO document (NENA-STA-021.1, schema 1.0) as a call-taking centre would send it. */
export function eidoDocument(report: CallerReport): unknown {
  const stamp = new Date(report.tMs).toISOString().replace("Z", "+00:00");
  const prologue = (id: string) => ({
    $id: id,
    lastUpdateTimeStamp: stamp,
    updatedByAgencyReference: { $ref: agency },
  });
  return {
    ...prologue(report.incidentUrn),
    eidoVersion: "1.0",
    issuingElementIdentification: `cad.${agency}`,
    agencyComponent: [
      {
        ...prologue(agency),
        agencyRoleDescriptionRegistryText: ["CallReceiving", "Dispatching"],
        agencyType: ["psap"],
      },
    ],
    incidentComponent: {
      ...prologue("inc-1"),
      incidentTypeCommonRegistryText: report.callType,
      incidentStatusCommonRegistryText: [report.status],
      internalIncidentId: report.internalId,
      incidentCommonPriorityNumber: report.priority,
      locationReference: [{ $ref: "loc-1" }],
      notesReference: [{ $ref: "note-1" }],
    },
    locationComponent: [
      {
        ...prologue("loc-1"),
        locationTypeDescriptionRegistryText: "CurrentIncident",
        locationByValue: pidfLo(report.point, report.radiusM),
        locationDescriptionText: report.address,
      },
    ],
    notesComponent: [{ ...prologue("note-1"), notesActionComments: report.narrative }],
  };
}

/** PIDF-LO (RFC 5491) circle; EPSG:4326 is latitude first. */
function pidfLo(point: GeoPoint, radiusM: number): string {
  const circle =
    `<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>${point.latDeg.toFixed(7)} ${point.lonDeg.toFixed(7)}</gml:pos>` +
    `<gs:radius uom="urn:ogc:def:uom:EPSG::9001">${radiusM.toFixed(0)}</gs:radius></gs:Circle>`;
  const namespaces =
    'xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" ' +
    'xmlns:gml="http://www.opengis.net/gml" xmlns:gs="http://www.opengis.net/pidflo/1.0"';
  return `<presence ${namespaces} entity="pres:inc@${agency}"><dm:device id="d1"><gp:geopriv><gp:location-info>${circle}</gp:location-info><gp:usage-rules/></gp:geopriv></dm:device></presence>`;
}
