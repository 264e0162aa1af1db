import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { compare, type Row } from "../compare.js";
import { readRecording } from "../recording.js";
import { flyAgain } from "../replay.js";
import type { Story } from "../story.js";

/** Recordings of a real PX4: no part of the repository. OUTRIDER_PX4_CAPTURES names their folder. */
export const recordingsFolder =
  process.env["OUTRIDER_PX4_CAPTURES"] ??
  fileURLToPath(new URL("../../../../../shared/reference/px4/captures", import.meta.url));

const fileOf = (capture: string): string => join(recordingsFolder, `${capture}.tlog.gz`);

export const isRecorded = (story: Story): boolean => existsSync(fileOf(story.capture));

export const recordingBytes = (capture: string): Uint8Array => gunzipSync(readFileSync(fileOf(capture)));

/** Reads one recording, flies it again and compares. */
export function compareWith(story: Story): readonly Row[] {
  const recording = readRecording(recordingBytes(story.capture), story.sysid, story.toS);
  return compare(story, recording.track, flyAgain(recording, story));
}
