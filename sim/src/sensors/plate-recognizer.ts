import type { PlatePass } from "./plate-pass.js";

/** Confidences run from 0 to 1 there. */
const score = (confidence: number): number => Math.round(confidence * 10) / 1000;

/**
 * One vehicle pass as Plate Recognizer Stream posts it to a webhook without pictures (`webhook_image = no`): JSON,
 * plates in lower case, the time in ISO 8601 (formats/alpr.md section 2). It has no id of a pass.
 */
export function plateRecognizerHook(pass: PlatePass): unknown {
  const { color, make, model, body } = pass.looks;
  const stamp = new Date(pass.tMs).toISOString();
  const filename = `${pass.cameraLabel}_screenshots/${pass.readId}.jpg`;
  const plate = pass.plate.toLowerCase();
  return {
    hook: { target: "outrider", id: pass.cameraLabel, event: "recognition", filename },
    data: {
      camera_id: pass.cameraLabel,
      filename,
      timestamp: stamp,
      timestamp_local: stamp,
      results: [
        {
          box: { xmin: 429, ymin: 498, xmax: 498, ymax: 530 },
          plate,
          region: { code: pass.region, score: 0.88 },
          score: score(pass.confidence),
          dscore: 0.82,
          candidates: pass.candidates.map((one) => ({
            plate: one.plate.toLowerCase(),
            score: score(one.confidence),
          })),
          vehicle: {
            box: { xmin: 319, ymin: 322, xmax: 607, ymax: 610 },
            ...(body === undefined ? {} : { type: titled(body.name), score: score(body.confidence) }),
          },
          model_make:
            make === undefined
              ? []
              : [
                  {
                    make: titled(make.name),
                    model: model === undefined ? "generic" : titled(model.name),
                    score: score((model ?? make).confidence),
                  },
                ],
          color: color === undefined ? [] : [{ color: color.name, score: score(color.confidence) }],
          direction: Math.round(pass.imageDirectionDeg) % 360,
        },
      ],
    },
  };
}

const titled = (word: string): string => (word === "suv" ? "SUV" : word.charAt(0).toUpperCase() + word.slice(1));
