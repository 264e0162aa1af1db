import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { cameraCan, cameraQuestions, hearCamera, newCamera, trackPoint } from "./index.js";

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
    expect(cameraQuestions(state).map((spec) => spec.params[0])).toEqual([269, 260, 261]);
    expect(cameraQuestions(newCamera)).toEqual([]);
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

  it("tells its card, and where in the picture it tracks", () => {
    let state = hearCamera(
      newCamera,
      message("STORAGE_INFORMATION", { storageId: 1, status: 2, availableCapacity: 900 }),
    );
    expect(state.storages).toEqual([{ storageId: 1, ready: true, freeMiB: 900 }]);
    state = hearCamera(
      state,
      message("CAMERA_TRACKING_IMAGE_STATUS", { trackingStatus: 1, trackingMode: 1, pointX: 0.25, pointY: 0.75 }),
    );
    expect(state.tracking).toEqual({ x: 0.25, y: 0.75 });
    state = hearCamera(
      state,
      message("CAMERA_TRACKING_IMAGE_STATUS", { trackingStatus: 1, trackingMode: 1, pointX: Number.NaN }),
    );
    expect(state.tracking).toBeUndefined();
  });

  it("keeps a bounded number of streams and cards, whatever it says", () => {
    let state = newCamera;
    for (let n = 1; n < 250; n++) {
      state = hearCamera(state, message("VIDEO_STREAM_INFORMATION", { streamId: n }));
      state = hearCamera(state, message("STORAGE_INFORMATION", { storageId: n }));
    }
    expect(state.streams.length + state.storages.length).toBeLessThanOrEqual(12);
  });

  it("is told points of its picture only", () => {
    expect(trackPoint(-3, 7, 0.1).params.slice(0, 3)).toEqual([0, 1, 0.1]);
  });
});
