import { spawn } from "node:child_process";
import { findFfmpeg } from "../../camera/index.js";
import { platePicture } from "../../sensors/index.js";
import { systemChance } from "./platform.js";

/** Small JPEG pictures of plates, made once each by the encoder that is there anyway; without it readers send none. */
export function plateCrops(): (plate: string, done: (jpegBase64: string | undefined) => void) => void {
  const ffmpeg = findFfmpeg();
  const made = new Map<string, string>();
  return (plate, done) => {
    const known = made.get(plate);
    if (known !== undefined || ffmpeg === undefined) return done(known);
    const { width, height, gray } = platePicture(plate, () => systemChance.unit());
    const args = `-hide_banner -loglevel error -f rawvideo -pix_fmt gray -s ${width}x${height} -i pipe:0 -frames:v 1 -f mjpeg -q:v 4 pipe:1`;
    const child = spawn(ffmpeg, args.split(" "), { stdio: ["pipe", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => done(undefined));
    child.stdin.on("error", () => undefined);
    child.on("close", (code) => {
      const jpeg = code === 0 && chunks.length > 0 ? Buffer.concat(chunks).toString("base64") : undefined;
      if (jpeg !== undefined) made.set(plate, jpeg);
      done(jpeg);
    });
    child.stdin.end(Buffer.from(gray));
  };
}
