import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { cameraCan, cameraHfovDeg, cameraQuestions, hearCamera, heatOnly, newCamera } from "./index.js";

const bytes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const information = message("CAMERA_INFORMATION", {
  vendorName: bytes("Maker\u0007"),
  modelName: bytes("Z40"),
  flags: 1 | 64 | 256 | 512,
});

describe("a camera", () => {
  it("is asked only for what it says that it has", () => {
    const state = hearCamera(newCamera, information);
    expect(state).toMatchObject({ vendor: "Maker", model: "Z40" });
    expect(cameraCan(state)).toEqual(["record", "zoom", "stream", "track a point"]);
    const { streams, cards } = cameraQuestions(state, 102);
    expect([streams, cards].map((spec) => [spec?.compid, spec?.params[0]])).toEqual([
      [102, 269],
      [102, 261],
    ]);
    expect(cameraQuestions(newCamera, 102)).toEqual({});
  });

  it("tells its streams, and a status changes only one that was described", () => {
    let state = hearCamera(newCamera, message("VIDEO_STREAM_STATUS", { streamId: 2, flags: 1 }));
    expect(state.streams).toEqual([]);
    state = hearCamera(
      state,
      message("VIDEO_STREAM_INFORMATION", { streamId: 2, type: 0, uri: "rtsp://10.0.0.2/eo", flags: 1, hfov: 64 }),
    );
    state = hearCamera(state, message("VIDEO_STREAM_STATUS", { streamId: 2, flags: 2, hfov: 0 }));
    expect(state.streams).toMatchObject([
      { streamId: 2, kind: "rtsp", uri: "rtsp://10.0.0.2/eo", running: false, thermal: true, hfovDeg: undefined },
    ]);
  });

  it("tells its card", () => {
    const state = hearCamera(
      newCamera,
      message("STORAGE_INFORMATION", { storageId: 1, status: 2, availableCapacity: 900 }),
    );
    expect(state.storages).toEqual([{ storageId: 1, ready: true, freeMiB: 900 }]);
  });

  it("shows nothing but heat only where every picture of it is", () => {
    const heat = message("VIDEO_STREAM_INFORMATION", { streamId: 2, flags: 2, hfov: 30 });
    const state = hearCamera(newCamera, heat);
    expect([heatOnly(newCamera), heatOnly(state)]).toEqual([false, true]);
    expect(heatOnly(hearCamera(state, message("VIDEO_STREAM_INFORMATION", { streamId: 1 })))).toBe(false);
    // The field of view of the picture that is shown is not the heat sensor's.
    expect(cameraHfovDeg(heat)).toBeUndefined();
  });

  it("keeps a bounded number of streams and cards, whatever it says", () => {
    let state = newCamera;
    for (let n = 1; n < 250; n++) {
      state = hearCamera(state, message("VIDEO_STREAM_INFORMATION", { streamId: n }));
      state = hearCamera(state, message("STORAGE_INFORMATION", { storageId: n }));
    }
    expect(state.streams.length + state.storages.length).toBeLessThanOrEqual(12);
  });
});
