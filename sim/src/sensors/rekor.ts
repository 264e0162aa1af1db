import type { Guess } from "./look-errors.js";
import type { PlatePass } from "./plate-pass.js";

/** One vehicle pass as Rekor Scout posts it: an `alpr_group`. */
export function rekorGroup(pass: PlatePass): unknown {
  const named = (guess: Guess | undefined) => (guess === undefined ? [] : [guess]);
  const { color, make, model, body } = pass.looks;
  return {
    data_type: "alpr_group",
    version: 4,
    epoch_start: pass.tMs - 600,
    epoch_end: pass.tMs + 500,
    agent_uid: "OUTRIDERSIM",
    camera_id: pass.cameraNumber,
    gps_latitude: pass.point.latDeg,
    gps_longitude: pass.point.lonDeg,
    country: "us",
    uuids: [pass.readId],
    candidates: pass.candidates.map((c) => ({ ...c, matches_template: 1 })),
    best_plate: {
      plate: pass.plate,
      confidence: pass.confidence,
      region: pass.region,
      region_confidence: 88,
      ...(pass.cropJpegBase64 === undefined ? {} : { plate_crop_jpeg: pass.cropJpegBase64 }),
    },
    best_confidence: pass.confidence,
    best_plate_number: pass.plate,
    best_region: pass.region,
    best_uuid: pass.readId,
    best_uuid_epoch_ms: pass.tMs,
    best_image_width: 1280,
    best_image_height: 720,
    travel_direction: pass.imageDirectionDeg,
    is_parked: false,
    is_preview: false,
    vehicle: {
      color: named(color),
      make: named(make),
      make_model: named(model && make && { ...model, name: `${make.name}_${model.name}` }),
      body_type: named(body),
    },
    web_server_config: { camera_label: pass.cameraLabel, agent_label: "simulated readers" },
  };
}
