import type { Disk, FactData } from "@outrider/contract";
import type { KnownRecording } from "../journal/index.js";
import { readTlog } from "../link/index.js";
import { RunningHash } from "./running-hash.js";

/**
 * Seals a recording that a crash left open: half a record at its end is cut off, and what is whole gets its hash. What
 * waited in memory for the disk is gone; at most a second of it.
 */
export function recover(
  disk: Disk,
  { file, uid, launchId }: KnownRecording,
  done: (result: { sealed: FactData<"RecordingSealed"> } | { failed: string }) => void,
): void {
  disk.open(file, (opened) => {
    if (opened.kind === "error") return done({ failed: opened.error.message });
    opened.file.close();
    let [frames, toMs] = [0, 0];
    const whole = readTlog(opened.content, ({ tMs }) => {
      frames++;
      toMs = tMs;
    });
    const hash = new RunningHash();
    hash.add(opened.content.subarray(0, whole));
    const tornBytes = opened.content.length - whole;
    const about = { uid, ...(launchId === undefined ? {} : { launchId }), file };
    const seal = { sha256: hash.hex(), bytes: whole, frames, toMs, dropped: 0, tornBytes };
    if (tornBytes === 0) return done({ sealed: { ...about, ...seal } });
    disk.truncate(file, whole, (error) =>
      done(error === undefined ? { sealed: { ...about, ...seal } } : { failed: error.message }),
    );
  });
}
