import type { SkyView } from "@outrider/contract";
import { useEffect, useMemo } from "react";
import { monotonicMs, SkyPoses, useLive } from "../../live/index.js";
import type { PoseSource } from "../../scene/index.js";

/**
 * Poses of ours and of strangers; those of strangers come with the room, once a second.
 * @param own where ours are, where that is not what was told of them last.
 */
export function useSkyPoses(sky: SkyView | undefined, own?: PoseSource): SkyPoses {
  const { samples } = useLive();
  const ours = own ?? samples;
  const poses = useMemo(() => new SkyPoses(ours, monotonicMs), [ours]);
  useEffect(() => poses.show(sky?.strangers ?? []), [poses, sky]);
  return poses;
}
