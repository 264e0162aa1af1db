import { assertNever, type Inject } from "@outrider/contract";
import type { Fault, FaultSet } from "../faults/index.js";

export type InjectTargets = {
  readonly faults: FaultSet;
  nowMs(): number;
  /** Calls once after so many ms of run time. */
  after(delayMs: number, run: () => void): void;
  setWind(wind: { windMps: number; fromDeg: number; gustMps: number }): void;
  setMisread(on: boolean): void;
  secondAlert(distanceM: number): void;
  callerMoves(metres: number): void;
  videoLoss(uid: string, seconds: number): void;
  foreignStation(uid: string, seconds: number): void;
};

/** Turns a trainer's inject into faults; what has a duration clears itself. Returns the line for the timeline. */
export function applyInject(inject: Inject, targets: InjectTargets): string {
  switch (inject.kind) {
    case "linkLoss":
      forAWhile(targets, inject.uid, { kind: "dead-link" }, inject.seconds);
      return `Link lost for ${inject.seconds} s`;
    case "positionJump":
      targets.faults.inject(
        inject.uid,
        { kind: "gps-jump", northM: inject.northM, eastM: inject.eastM, upM: 0 },
        targets.nowMs(),
      );
      return `Position jumps ${Math.round(Math.hypot(inject.northM, inject.eastM))} m`;
    case "gpsLoss":
      forAWhile(targets, inject.uid, { kind: "gps-stop" }, inject.seconds);
      return `No satellites for ${inject.seconds} s`;
    case "batterySag":
      targets.faults.inject(inject.uid, { kind: "battery-sag", toPct: inject.toPct }, targets.nowMs());
      return `Battery sags to ${inject.toPct} %`;
    case "rotorLoss":
      targets.faults.inject(inject.uid, { kind: "motor-loss", rotor: inject.rotor }, targets.nowMs());
      return `Rotor ${inject.rotor} gives no thrust`;
    case "dockJam":
      if (inject.on) targets.faults.inject(inject.dockId, { kind: "jammed-dock" }, targets.nowMs());
      else targets.faults.clearTarget(inject.dockId);
      return inject.on ? `${inject.dockId} jams` : `${inject.dockId} is freed`;
    case "wind":
      targets.setWind(inject);
      return `Wind ${inject.windMps} m/s, gusts ${inject.gustMps}`;
    case "plateMisread":
      targets.setMisread(inject.on);
      return inject.on ? "Readers misread the sought plate" : "Readers read right again";
    case "secondAlert":
      targets.secondAlert(inject.distanceM);
      return `Second alert ${inject.distanceM} m away`;
    case "videoLoss":
      targets.videoLoss(inject.uid, inject.seconds);
      return `No picture for ${inject.seconds} s`;
    case "foreignStation":
      targets.foreignStation(inject.uid, inject.seconds);
      return `Another ground station is heard for ${inject.seconds} s`;
    case "callerMoves":
      targets.callerMoves(inject.metres);
      return `Caller corrects the place by ${inject.metres} m`;
    default:
      return assertNever(inject);
  }
}

function forAWhile(targets: InjectTargets, target: string, fault: Fault, seconds: number): void {
  const id = targets.faults.inject(target, fault, targets.nowMs());
  targets.after(seconds * 1000, () => targets.faults.clear(id));
}
