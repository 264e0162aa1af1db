import type { Config, GateId, GateResult } from "@outrider/contract";
import * as aircraft from "./aircraft-gates.js";
import { type AirspaceMeasured, airspaceGate } from "./airspace-gate.js";
import { type CriteriaMeasured, criteriaGate } from "./criteria-gate.js";
import * as people from "./people-gates.js";
import { gateResult, type Outcome, unknown } from "./result.js";
import * as way from "./route-gates.js";
import { type TrafficMeasured, trafficGate } from "./traffic-gate.js";
import { type WeatherMeasured, weatherGate } from "./weather-gate.js";

/** Everything the gates of one launch look at; taken anew at every step until arm. */
export type Measured = {
  readonly pic: people.PicMeasured;
  readonly workload: people.WorkloadMeasured;
  readonly currency: people.CurrencyMeasured;
  readonly aircraft: aircraft.AircraftMeasured;
  readonly parameters: aircraft.ParametersMeasured;
  readonly batteryPct: number | undefined;
  readonly minBatteryPct: number;
  readonly preArm: aircraft.PreArmMeasured;
  readonly dock: aircraft.DockMeasured;
  readonly link: aircraft.LinkMeasured;
  readonly energy: way.EnergyMeasured;
  readonly fence: way.FenceMeasured | undefined;
  readonly fenceVersions: way.FenceVersions;
  readonly criteria: CriteriaMeasured;
  readonly clearance: way.ClearanceMeasured | undefined;
  readonly wayHome: way.WayHomeMeasured | undefined;
  readonly own: way.OwnMeasured | undefined;
  readonly privacy: way.PrivacyMeasured | undefined;
  readonly airspace: AirspaceMeasured | undefined;
  readonly traffic: TrafficMeasured | undefined;
  readonly weather: WeatherMeasured | undefined;
  readonly provenance: aircraft.ProvenanceMeasured;
  readonly foreignStations: readonly number[] | undefined;
  readonly foreignStationAllowed: boolean;
  readonly otherControl?: string | undefined;
  readonly position: aircraft.PositionMeasured;
  readonly remoteId?: aircraft.RemoteIdMeasured | undefined;
};

/** Gates that a site may leave out, named with who, when and why. The others are measured whatever the file says. */
const optional: ReadonlySet<GateId> = new Set<GateId>([
  "launch-criteria",
  "remote-id",
  "airspace",
  "traffic",
  "weather",
  "assembly-lock",
  "lights",
  "currency",
]);

const noSensor = (): Outcome =>
  unknown("Configured, but nothing here measures it now.", "A person has to look and decide.");

const measures: readonly (readonly [GateId, (m: Measured) => Outcome])[] = [
  ["pic", (m) => people.picGate(m.pic)],
  ["pic-workload", (m) => people.workloadGate(m.workload)],
  ["currency", (m) => people.currencyGate(m.currency)],
  ["provenance", (m) => aircraft.provenanceGate(m.provenance)],
  ["aircraft", (m) => aircraft.aircraftGate(m.aircraft)],
  ["failsafe-parameters", (m) => aircraft.parametersGate(m.parameters)],
  ["link", (m) => aircraft.linkGate(m.link)],
  ["foreign-station", (m) => aircraft.foreignStationGate(m.foreignStations, m.foreignStationAllowed, m.otherControl)],
  ["prearm", (m) => aircraft.preArmGate(m.preArm)],
  ["position", (m) => aircraft.positionGate(m.position)],
  ["battery", (m) => aircraft.batteryGate(m.batteryPct, m.minBatteryPct)],
  ["dock", (m) => aircraft.dockGate(m.dock)],
  ["energy", (m) => way.energyGate(m.energy)],
  ["fence", (m) => way.fenceGate(m.fence, m.fenceVersions)],
  ["clearance", (m) => way.clearanceGate(m.clearance)],
  ["way-home", (m) => way.wayHomeGate(m.wayHome)],
  ["own-aircraft", (m) => way.ownGate(m.own)],
  ["privacy", (m) => way.privacyGate(m.privacy)],
  ["weather", (m) => weatherGate(m.weather)],
  ["launch-criteria", (m) => criteriaGate(m.criteria)],
  ["remote-id", (m) => aircraft.remoteIdGate(m.remoteId)],
  ["airspace", (m) => airspaceGate(m.airspace)],
  ["traffic", (m) => trafficGate(m.traffic)],
  ["assembly-lock", noSensor],
  ["lights", noSensor],
];

/** All gates of one launch, in the order in which a person reads them. */
export function measureGates(m: Measured, notConfigured: Config["notConfigured"]): GateResult[] {
  return measures.map(([gate, measure]) => {
    const left = optional.has(gate) ? notConfigured.find((one) => one.gate === gate) : undefined;
    if (left === undefined) return gateResult(gate, measure(m));
    return gateResult(gate, { state: "notConfigured", text: `Left out by ${left.who} on ${left.when}: ${left.why}` });
  });
}
