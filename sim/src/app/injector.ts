import { assertNever, type Clearable, type Inject } from "@outrider/contract";
import type { Fault, FaultSet } from "../faults/index.js";
import type { StandingInjects } from "./standing-injects.js";
import type { WindLayers } from "./wind-layers.js";

export type InjectTargets = {
  readonly faults: FaultSet;
  readonly standing: StandingInjects;
  readonly wind: WindLayers;
  nowMs(): number;
  /** Calls once after so many ms of run time. */
  after(delayMs: number, run: () => void): void;
  setMisread(on: boolean): void;
  secondAlert(distanceM: number): void;
  /** False: nobody has called that could be corrected. */
  callerMoves(metres: number): boolean;
  videoLoss(uid: string, untilMs: number | undefined): void;
  foreignStation(uid: string, seconds: number): () => void;
};

/** Turns a trainer's inject into faults; what has a duration clears itself. Returns the line for the timeline. */
export function applyInject(inject: Inject, targets: InjectTargets): string {
  const broken = (what: Clearable, target: string, fault: Fault, seconds?: number): void =>
    breakIt(targets, { what, target, fault, seconds });
  switch (inject.kind) {
    case "linkLoss":
      broken(inject.kind, inject.uid, { kind: "dead-link" }, inject.seconds);
      return `Link lost for ${inject.seconds} s`;
    case "positionJump":
      broken(inject.kind, inject.uid, { kind: "gps-jump", northM: inject.northM, eastM: inject.eastM, upM: 0 });
      return `Position jumps ${Math.round(Math.hypot(inject.northM, inject.eastM))} m`;
    case "gpsLoss":
      broken(inject.kind, inject.uid, { kind: "gps-stop" }, inject.seconds);
      return `No satellites for ${inject.seconds} s`;
    case "batterySag":
      broken(inject.kind, inject.uid, { kind: "battery-sag", toPct: inject.toPct });
      return `Battery sags to ${inject.toPct} %`;
    case "rotorLoss":
      broken(inject.kind, inject.uid, { kind: "motor-loss", rotor: inject.rotor });
      return `Rotor ${inject.rotor} gives no thrust`;
    case "fault":
      broken(inject.fault.kind, inject.target, inject.fault, inject.seconds);
      return `${inject.fault.kind} on ${inject.target}${inject.seconds === undefined ? "" : ` for ${inject.seconds} s`}`;
    case "dockJam":
      if (inject.on) broken(inject.kind, inject.dockId, { kind: "jammed-dock" });
      else targets.standing.end(inject.kind, inject.dockId);
      return inject.on ? `${inject.dockId} jams` : `${inject.dockId} is freed`;
    case "plateMisread":
      return misread(inject.on, targets);
    case "wind":
    case "videoLoss":
    case "foreignStation":
      return forAWhile(inject, targets);
    case "secondAlert":
      targets.secondAlert(inject.distanceM);
      return `Second alert ${inject.distanceM} m away`;
    case "callerMoves":
      return targets.callerMoves(inject.metres)
        ? `Caller corrects the place by ${inject.metres} m`
        : "Refused: callerMoves, nobody has called yet";
    default:
      return assertNever(inject);
  }
}

type Broken = {
  readonly what: Clearable;
  readonly target: string;
  readonly fault: Fault;
  readonly seconds?: number | undefined;
};

/** Breaks something under the name by which it is ended, by itself after its seconds. */
export function breakIt(
  { faults, standing, nowMs, after }: Pick<InjectTargets, "faults" | "standing" | "nowMs" | "after">,
  { what, target, fault, seconds }: Broken,
): void {
  const id = faults.inject(target, fault, nowMs());
  const end = standing.begin(what, target, () => faults.clear(id));
  if (seconds !== undefined) after(seconds * 1000, end);
}

function misread(on: boolean, { standing, setMisread }: InjectTargets): string {
  standing.end("plateMisread");
  if (on) {
    standing.begin("plateMisread", "*", () => setMisread(false));
    setMisread(true);
  }
  return on ? "Readers misread the sought plate" : "Readers read right again";
}

function forAWhile(
  inject: Extract<Inject, { kind: "wind" | "videoLoss" | "foreignStation" }>,
  targets: InjectTargets,
): string {
  const { standing, wind, nowMs, after } = targets;
  switch (inject.kind) {
    case "wind":
      // A wind in the place of another: ended, the scenario's blows again.
      standing.end("wind");
      standing.begin("wind", "*", () => wind.blow(undefined));
      wind.blow({ windMps: inject.windMps, fromDeg: inject.fromDeg, gustMps: inject.gustMps });
      return `Wind ${inject.windMps} m/s, gusts ${inject.gustMps}`;
    case "videoLoss": {
      const { uid, seconds } = inject;
      standing.end("videoLoss", uid);
      targets.videoLoss(uid, nowMs() + seconds * 1000);
      after(
        seconds * 1000,
        standing.begin("videoLoss", uid, () => targets.videoLoss(uid, undefined)),
      );
      return `No picture for ${seconds} s`;
    }
    case "foreignStation": {
      const { uid, seconds } = inject;
      after(seconds * 1000, standing.begin("foreignStation", uid, targets.foreignStation(uid, seconds)));
      return `Another ground station is heard for ${seconds} s`;
    }
    default:
      return assertNever(inject);
  }
}
