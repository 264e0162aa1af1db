import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:net";
import type { CameraPose } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { createFixedCameras } from "../../camera/index.js";
import { onvifCameras } from "./onvif-cameras.js";
import { wallClock } from "./platform.js";

const login = { user: "viewer", password: "let me see" };
const pose: CameraPose = {
  point: { latDeg: 37.77, lonDeg: -122.44 },
  altAmslM: 90,
  yawDeg: 351,
  pitchDeg: -12,
  rollDeg: 0,
  hfovDeg: 75,
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

function token(): string {
  const nonce = randomBytes(16);
  const created = new Date().toISOString();
  const digest = createHash("sha1").update(nonce).update(created).update(login.password).digest("base64");
  return `<Security><UsernameToken><Username>${login.user}</Username><Password Type="x#PasswordDigest">${digest}</Password><Nonce>${nonce.toString("base64")}</Nonce><Created>${created}</Created></UsernameToken></Security>`;
}

describe("a fixed camera's ONVIF services over HTTP", () => {
  it("turn the camera whose picture is drawn, at its speed, and its stream is where they say", async () => {
    const port = await freePort();
    const camera = { cameraId: "cam-03", name: "Corner", pose, login, port: 5690, path: "/cam-03", ptz: true };
    const onvif = onvifCameras({
      cameras: [{ ...camera, onvif: { port, path: "/cam-03/onvif" } }],
      host: "127.0.0.1",
      width: 480,
      height: 270,
      fps: 5,
      run: wallClock,
      wall: wallClock,
      log: () => undefined,
    });
    const drawn: { readonly yawDeg: number; readonly atMs: number }[] = [];
    const fixed = createFixedCameras({
      cameras: [camera],
      poseOf: onvif.poseOf,
      width: 480,
      height: 270,
      fps: 20,
      run: wallClock,
      wall: wallClock,
      startEncoder: (_options, { onFrame }) => ({
        write: () => onFrame({ key: true, nals: [Uint8Array.of(0x65, 1)] }),
        close: () => undefined,
      }),
      render: ({ yawDeg }) => {
        drawn.push({ yawDeg, atMs: Date.now() });
        return new Uint8Array(1);
      },
      newSsrc: () => 1,
      onPlaying: () => undefined,
      log: () => undefined,
    });
    const stop = fixed.byId.get("cam-03")?.play({ send: () => undefined, close: () => undefined });
    const ask = async (service: string, body: string, header = token()) => {
      const answer = await fetch(`http://127.0.0.1:${port}/cam-03/onvif/${service}_service`, {
        method: "POST",
        headers: { "content-type": "application/soap+xml" },
        body: `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`,
      });
      return { status: answer.status, text: await answer.text() };
    };
    const turn =
      '<ContinuousMove><ProfileToken>P1</ProfileToken><Velocity><PanTilt x="0.4" y="0"/></Velocity><Timeout>PT0.5S</Timeout></ContinuousMove>';
    expect((await ask("ptz", turn, "")).status).toBe(400);
    expect((await ask("device", "<GetServices/>", "")).text).toContain(
      `http://127.0.0.1:${port}/cam-03/onvif/ptz_service`,
    );
    expect((await ask("media", "<GetStreamUri><ProfileToken>P1</ProfileToken></GetStreamUri>")).text).toContain(
      "rtsp://127.0.0.1:5690/cam-03",
    );
    expect((await fetch(`http://127.0.0.1:${port}/elsewhere/device_service`)).status).toBe(404);
    expect((await ask("ptz", turn)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 900));
    stop?.();
    onvif.close();
    expect(drawn[0]?.yawDeg).toBeCloseTo(351, 6);
    expect(drawn.at(-1)?.yawDeg).toBeCloseTo(11, 6);
    for (const [i, after] of drawn.entries()) {
      const before = drawn[i - 1];
      if (before === undefined) continue;
      const turnedDeg = ((after.yawDeg - before.yawDeg + 540) % 360) - 180;
      expect(turnedDeg).toBeLessThanOrEqual((40 * (after.atMs - before.atMs + 3)) / 1000);
    }
  });
});
