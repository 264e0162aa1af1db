import type { GeoPoint } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import type { Report } from "./report.js";

type Place = { readonly tMs: number; readonly value: GeoPoint & { readonly sigmaM: number } };

/** Nothing near the ground flies faster or climbs faster; a place may be off by this beyond what it flew. */
const FASTEST_MPS = 350;
const STEEPEST_MPS = 60;
const JUMP_M = 50;
const SIGMAS = 1.5;

/**
 * What speaks against a report: nothing on the air proves who sends it. Only a mark: who is doubted is still somebody,
 * and counts as anybody else, since a real helicopter that is ignored kills.
 */
export function doubtsOf(report: Report, before: Place | undefined, beforeMps: number): string[] {
  const out = [...(report.doubts ?? [])];
  const speedMps =
    report.velocity === undefined ? undefined : Math.hypot(report.velocity.northMps, report.velocity.eastMps);
  if (report.trafficId.startsWith("~")) out.push("it has no address of its own");
  if (speedMps !== undefined && speedMps > FASTEST_MPS) out.push(`it says ${Math.round(speedMps)} m/s`);
  if (Math.abs(report.upMps ?? 0) > STEEPEST_MPS) out.push(`it says ${Math.round(report.upMps ?? 0)} m/s up`);
  if (report.place !== undefined && before !== undefined && report.tMs >= before.tMs) {
    const flownM = (Math.max(speedMps ?? FASTEST_MPS, beforeMps) * (report.tMs - before.tMs)) / 1000;
    const errorM = SIGMAS * (report.place.sigmaM + before.value.sigmaM);
    const jumpM = geoDistanceM(before.value, report.place) - flownM - errorM;
    if (jumpM > JUMP_M) out.push("its place jumped");
  }
  return out;
}
