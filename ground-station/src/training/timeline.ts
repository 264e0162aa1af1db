import { assertNever, type Config, type DebriefLine, type DebriefSide, type Fact } from "@outrider/contract";

/** Facts of the station's own housekeeping: a debrief of people and world leaves them out. */
const quiet: ReadonlySet<Fact["type"]> = new Set<Fact["type"]>([
  "AircraftIdentified",
  "ArmingChecksChanged",
  "AutopilotSaid",
  "CameraIdentified",
  "DockConnected",
  "DockDoorChanged",
  "FailsafeParametersRead",
  "GatesMeasured",
  "LoggedIn",
  "LoggedOut",
  "OrderAcknowledged",
  "OrderDone",
  "OrderSent",
  "OrderSuperseded",
  "ParametersListed",
  "PlanReadBack",
  "RecordingBegan",
  "RecordingSealed",
  "RunRetimed",
  "RunScored",
  "StationStarted",
  "TrackRead",
  "TrackSealed",
]);

const sideOf = (fact: Fact): DebriefSide => {
  if (fact.type === "RunHappened") return "simulator";
  if (fact.by.kind === "source") return "simulator";
  if (fact.by.kind === "person") return fact.by.role === "trainer" ? "trainer" : "trainee";
  return "system";
};

const nameOf = (fact: Fact): string => {
  switch (fact.by.kind) {
    case "person":
      return fact.by.name;
    case "source":
      return fact.by.sourceId;
    case "system":
      return fact.by.part;
    default:
      return assertNever(fact.by);
  }
};

const words = (type: string): string =>
  type.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

/** What a fact says beyond its name, as far as a debrief needs it. */
export function lineText(fact: Fact, callSignOf: (uid: string) => string): string {
  switch (fact.type) {
    case "RunHappened":
    case "MarkMade":
    case "AlarmRaised":
    case "OfficerAdvised":
    case "OtherStationTookControl":
    case "GimbalTakenByOther":
      return fact.data.text;
    case "IncidentOpened":
      return `${fact.data.title}, ${fact.data.place.label}`;
    case "AlertReceived":
      return fact.data.alert.title;
    case "LaunchProposed":
      return `${fact.data.choice.callSign}: ${fact.data.choice.why}`;
    case "LaunchDeclined":
    case "IncidentClosed":
      return fact.data.reason;
    case "LaunchAborted":
      return `${callSignOf(fact.data.uid)}: ${fact.data.reason}`;
    case "LaunchRefused":
    case "LaunchNotPossible":
      return fact.data.reasons.map((one) => one.text).join(" ");
    case "ActRefused":
      return `${words(fact.data.act)}: ${fact.data.reason}`;
    case "OrderIssued":
      return `${callSignOf(fact.data.uid)}: ${words(fact.data.act.verb).toLowerCase()}`;
    case "InjectMade":
      return words(fact.data.inject);
    case "InjectPlanned":
      return fact.data.title;
    case "LimitsTold":
      return fact.data.told ? "trainees are alarmed of them" : "for the trainer alone";
    case "RunGraded":
      return `${fact.data.passed ? "passed" : "not passed"}. ${fact.data.text}`;
    case "HitFound":
      return `${fact.data.plateRead} at ${fact.data.readerName}`;
    default:
      return "uid" in fact.data && typeof fact.data.uid === "string" ? callSignOf(fact.data.uid) : "";
  }
}

/** Both sides of a run in order: what the simulator and the trainer did, what trainees and the product did. */
export function timelineOf(facts: readonly Fact[], callSignOf: (uid: string) => string): readonly DebriefLine[] {
  return facts.flatMap((fact): readonly DebriefLine[] => {
    if (quiet.has(fact.type)) return [];
    const isMark =
      fact.type === "MarkMade" ||
      fact.type === "RunStarted" ||
      (fact.type === "LaunchProposed" && fact.data.version === 1);
    const title =
      fact.type === "RunHappened" ? (fact.data.lane === "world" ? "Happened" : "Inject took effect") : words(fact.type);
    const line = { seq: fact.seq, tMs: fact.tMs, side: sideOf(fact), title, text: lineText(fact, callSignOf) };
    return [{ ...line, by: nameOf(fact), ...(isMark ? { mark: true } : {}) }];
  });
}

/** What a trainee did, in the words of the debrief, for the trainer's lanes while the run goes on. */
export function traineeDid(fact: Fact, { aircraft }: Config): string | undefined {
  // What a trainee lets happen in the demonstration stands on the lane of the injects.
  if (fact.by.kind !== "person" || fact.type === "InjectMade") return undefined;
  const callSignOf = (uid: string): string => aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
  const [line] = timelineOf([fact], callSignOf);
  if (line?.side !== "trainee") return undefined;
  return line.text === "" ? line.title : `${line.title}: ${line.text}`;
}
