import type { GetRoute, Reply } from "../kernel/index.js";
import type { Feed } from "./feed.js";
import type { GroundView } from "./ground-view.js";
import type { PoseTrack } from "./pose-track.js";

/** Where a camera was and looked at a moment; a fixed one always the same. */
export type PoseSource = Pick<PoseTrack, "at" | "velocityAt">;

/** A click in a picture becomes a place on the ground, for the very frame that was clicked. */
export function groundRoute(
  feedOf: (cameraId: string) => Feed | undefined,
  poses: ReadonlyMap<string, PoseSource>,
  ground: GroundView,
): GetRoute {
  return {
    kind: "get",
    path: "/cameras/{cameraId}/ground",
    roles: ["pic", "rtcc", "trainer", "supervisor"],
    summary: "Place on the ground under a picture point: u, v from 0 to 1, capturedMs of the frame.",
    handle: ({ params, request }, reply) => {
      const feed = feedOf(params["cameraId"] ?? "");
      if (feed === undefined) {
        reply.problem(404, "No such camera", "There is no picture of that name.", "Take an id from /cameras.");
        return;
      }
      const [u, v, capturedMs] = ["u", "v", "capturedMs"].map((name) => Number(request.query[name] ?? Number.NaN));
      answerGround(
        feed,
        poses.get(feed.of.cameraId),
        ground,
        u ?? Number.NaN,
        v ?? Number.NaN,
        capturedMs ?? Number.NaN,
        reply,
      );
    },
  };
}

function answerGround(
  feed: Feed,
  source: PoseSource | undefined,
  ground: GroundView,
  u: number,
  v: number,
  capturedMs: number,
  reply: Reply,
): void {
  if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) {
    reply.problem(400, "Not a picture point", "u and v must lie between 0 and 1.");
    return;
  }
  const refused = (why: string): void =>
    reply.problem(409, "No place for this point", why, "Choose the place on the map.");
  if (!feed.timeKnown || !Number.isFinite(capturedMs)) {
    refused("Time unknown: it is not known when this picture was taken, so neither where the camera was.");
    return;
  }
  const pose = source?.at(capturedMs);
  if (pose === undefined) {
    refused("It is not known where the camera was and looked at that moment.");
    return;
  }
  const place = ground.place(pose, u, v, source?.velocityAt(capturedMs));
  if (place.kind === "refused") refused(place.why);
  else reply.ok({ point: place.point, altAmslM: place.altAmslM, slantM: place.slantM, error: place.error });
}
