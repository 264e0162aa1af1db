import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { type Clock, RunClock } from "@outrider/contract";
import { readTlog } from "../../link/index.js";
import { fail } from "./read-setup.js";

/** Enough for a stamp and the longest frame. */
const headBytes = 512;

/** Run time of a bridge that plays a recording: begins when that did, and runs at the pace that it is played at. */
export function replayClock(wall: Clock, recording: { readonly file: string; readonly rate: number }): RunClock {
  const { file, rate } = recording;
  if (!existsSync(file)) fail(`no recording at ${file} (bridge.links, kind replay)`);
  const head = Buffer.alloc(headBytes);
  const handle = openSync(file, "r");
  const length = readSync(handle, head, 0, headBytes, 0);
  closeSync(handle);
  let firstMs: number | undefined;
  readTlog(head.subarray(0, length), ({ tMs }) => {
    firstMs ??= tMs;
  });
  if (firstMs === undefined) fail(`${file} is no .tlog: eight bytes of time and a MAVLink frame, again and again`);
  return new RunClock(wall, { runId: "replay", epochMs: firstMs, rate, paused: false });
}
