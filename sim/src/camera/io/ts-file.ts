import { createWriteStream } from "node:fs";
import type { TsSink } from "../ts/ts-feed.js";

/** Writes a transport stream to a file from its first key picture on; an older file of that name is replaced. */
export function fileSink(path: string, onProblem: (error: Error) => void): TsSink {
  const file = createWriteStream(path);
  let begun = false;
  file.on("error", onProblem);
  return {
    send: (packets, startsHere) => {
      begun ||= startsHere;
      if (begun && file.writable) for (const packet of packets) file.write(packet);
    },
    close: () => void file.end(),
  };
}
