import { heatCameraIdOf, type StreamView } from "@outrider/contract";
import type { StationContext } from "../kernel/index.js";
import { Feed } from "./feed.js";
import { FixedFeed } from "./fixed-feed.js";
import type { CameraNetwork } from "./fixed-feeds.js";
import type { GroundView } from "./ground-view.js";
import { heatRoom } from "./heat-room.js";
import type { PoseTrack } from "./pose-track.js";

type HeatFeed = { readonly uid: string; readonly opened: FixedFeed; viewers: number };

/**
 * The second picture of aircraft whose camera has a heat sensor: opened at its configured address while somebody looks,
 * once the camera has announced it. What a camera has not announced is not offered, whatever the configuration says.
 */
export class HeatFeeds {
  readonly #byId = new Map<string, HeatFeed>();
  readonly #context: StationContext;

  constructor(
    context: StationContext,
    network: CameraNetwork | undefined,
    deps: {
      readonly firstHandle: number;
      readonly ground: GroundView;
      readonly tracks: ReadonlyMap<string, PoseTrack>;
      /** Takes the aircraft's latest sample into its track: its visible picture may not be coming in. */
      look(uid: string): void;
      onUnit(cameraId: string, bytes: Uint8Array): void;
    },
  ) {
    this.#context = context;
    if (network === undefined) return;
    const { config, kernel, clocks, chance, count } = context;
    for (const { uid, callSign, heat } of config.aircraft) {
      if (heat === undefined) continue;
      const cameraId = heatCameraIdOf(uid);
      const handle = deps.firstHandle + this.#byId.size;
      const feed = new Feed(
        { cameraId, name: `${callSign} heat`, uid, handle, port: undefined },
        {
          nowMs: () => kernel.nowMs(),
          poseAt: (capturedMs) => {
            deps.look(uid);
            return deps.tracks.get(uid)?.at(capturedMs);
          },
          corners: (pose) => deps.ground.corners(pose),
          onUnit: (bytes) => deps.onUnit(cameraId, bytes),
          count: (metric) => count(metric),
        },
      );
      const { dialer, hashes } = network;
      const opened = new FixedFeed(feed, {
        stream: heat,
        login: undefined,
        dialer,
        hashes,
        wall: clocks.wall,
        chance,
        nowMs: () => kernel.nowMs(),
        count: (metric) => count(metric),
      });
      this.#byId.set(cameraId, { uid, opened, viewers: 0 });
    }
  }

  /** Every feed that may ever be offered: its number is told once, when a screen comes. */
  get all(): readonly Feed[] {
    return [...this.#byId.values()].map(({ opened }) => opened.feed);
  }

  /** The picture as it is offered now; undefined where the camera announced none. */
  get(cameraId: string): FixedFeed | undefined {
    const heat = this.#byId.get(cameraId);
    return heat !== undefined && this.#offers(heat) ? heat.opened : undefined;
  }

  /** What an aircraft's visible picture says of its other one. */
  offerOf(uid: string): Pick<StreamView, "heatCameraId"> {
    const cameraId = heatCameraIdOf(uid);
    return this.get(cameraId) === undefined ? {} : { heatCameraId: cameraId };
  }

  /** Those that somebody looks at, or did a moment ago. */
  views(): readonly StreamView[] {
    return [...this.#byId.values()]
      .filter((heat) => heat.opened.active && this.#offers(heat))
      .map(({ opened }): StreamView => ({ ...opened.view(), thermal: true }));
  }

  watch(cameraId: string, viewers: number): void {
    const heat = this.#byId.get(cameraId);
    if (heat === undefined) return;
    heat.viewers = viewers;
    if (this.#offers(heat)) heat.opened.watch(viewers);
  }

  /** The camera has said anew what it has: opens what somebody waits for, closes what is no longer there. */
  announced(uid: string): void {
    for (const heat of this.#byId.values()) {
      if (heat.uid !== uid) continue;
      if (this.#offers(heat)) heat.opened.watch(heat.viewers);
      else {
        heat.opened.watch(0);
        heat.opened.close();
      }
    }
  }

  close(): void {
    for (const { opened } of this.#byId.values()) opened.close();
  }

  #offers({ uid }: HeatFeed): boolean {
    return this.#context.kernel.state(heatRoom).has(uid);
  }
}
