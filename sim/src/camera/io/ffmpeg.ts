import { spawn } from "node:child_process";
import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { FlvReader } from "../flv-reader.js";
import type { EncoderOptions, StartEncoder } from "../stream.js";

const canRun = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The system's ffmpeg, else the binary inside an npm package (GPL, runs as its own process); undefined without both. */
export function findFfmpeg(pathVariable = process.env["PATH"] ?? ""): string | undefined {
  for (const folder of pathVariable.split(delimiter)) {
    const path = join(folder, "ffmpeg");
    if (folder !== "" && canRun(path)) return path;
  }
  try {
    const found: unknown = createRequire(import.meta.url)("@ffmpeg-installer/ffmpeg");
    const path =
      typeof found === "object" && found !== null && "path" in found && typeof found.path === "string"
        ? found.path
        : "";
    // Installed with scripts switched off, the binary lies there without its execute bit.
    if (path !== "" && !canRun(path)) chmodSync(path, 0o755);
    return path !== "" && canRun(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function encoderArguments({ width, height, fps, keyEvery = fps * 2 }: EncoderOptions): string[] {
  const input = `-f rawvideo -pix_fmt yuv420p -s ${width}x${height} -r ${fps} -i pipe:0`;
  const speed = "-c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -threads 1";
  // A key frame every 2 s bounds how long a late viewer waits; no scene cuts, since they come when the link is busiest.
  const shape = `-g ${keyEvery} -keyint_min ${keyEvery} -sc_threshold 0 -bf 0 -crf 24 -maxrate 2500k -bufsize 600k`;
  const colour = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
  const output = "-f flv -flvflags no_duration_filesize -flush_packets 1 pipe:1";
  return `-hide_banner -loglevel error -probesize 32 -analyzeduration 0 -fflags nobuffer ${input} -an ${speed} ${shape} ${colour} ${output}`.split(
    " ",
  );
}

/** Encoders as child processes; `onEnd` says why where one cannot start or dies. */
export const ffmpegEncoder =
  (ffmpegPath: string | undefined): StartEncoder =>
  (options, handlers) => {
    if (ffmpegPath === undefined) {
      queueMicrotask(() => handlers.onEnd("no ffmpeg found: install it, or the package @ffmpeg-installer/ffmpeg"));
      return { write: () => undefined, close: () => undefined };
    }
    const child = spawn(ffmpegPath, encoderArguments(options), { stdio: ["pipe", "pipe", "pipe"] });
    const reader = new FlvReader(handlers.onFrame);
    let said = "";
    let ended = false;
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      handlers.onEnd(why);
    };
    child.stdout.on("data", (bytes: Buffer) => reader.push(bytes));
    child.stderr.on("data", (bytes: Buffer) => {
      said = (said + bytes.toString("utf8")).slice(-500);
    });
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => end(error.message));
    child.on("exit", (code, signal) => end(`ffmpeg ended (${code ?? signal}) ${said.trim()}`));
    return {
      write: (yuv) => {
        // The renderer reuses its picture while the pipe may still hold this one.
        if (child.stdin.writable) child.stdin.write(Buffer.from(yuv));
      },
      close: () => {
        ended = true;
        child.stdin.end();
        child.kill("SIGTERM");
      },
    };
  };
