import type { CityFile, Datagrams, Log } from "@outrider/contract";
import { localFrame, terrainFromGrid } from "@outrider/geo";
import {
  type Attitude,
  createTsFeed,
  fileSink,
  type TsFeed,
  type TsSink,
  tcpSink,
  udpSink,
} from "../../camera/index.js";
import type { TsCamera } from "./camera-messages.js";

export type TsFeedsDeps = {
  readonly cameras: readonly TsCamera[];
  readonly city: CityFile;
  readonly host: string;
  readonly missionId: string;
  readonly aspect: number;
  readonly datagrams: Datagrams;
  readonly log: Log;
  readonly platformOf: (uid: string) => Attitude | undefined;
};

/** Transport streams of the aircraft that are configured to send one. */
export function tsFeeds(deps: TsFeedsDeps): (uid: string, port: number) => TsFeed | undefined {
  const { cameras, city, missionId, aspect } = deps;
  if (cameras.length === 0) return () => undefined;
  const { heightsAmslDm, ...place } = city.terrain;
  const terrain = terrainFromGrid({ ...place, heightsAmslM: Float32Array.from(heightsAmslDm, (dm) => dm / 10) });
  const ground = {
    frame: localFrame(city.origin),
    surface: (eastM: number, northM: number): number => terrain.groundAmslM(eastM, northM),
    ceilingAmslM: terrain.maxAmslM,
    geoidUndulationM: city.geoidUndulationM,
  };
  return (uid, port) => {
    const camera = cameras.find((one) => one.uid === uid);
    if (camera === undefined) return undefined;
    return createTsFeed({
      openSink: () => sinkOf(camera, port, deps),
      ground,
      names: { callSign: camera.callSign, missionId },
      aspect,
      platformAt: () => deps.platformOf(uid),
    });
  };
}

function sinkOf({ over, file, callSign }: TsCamera, port: number, { host, datagrams, log }: TsFeedsDeps): TsSink {
  const failed = (error: Error): void =>
    log("error", "the transport stream goes nowhere", { callSign, error: error.message });
  const sent =
    over === "udp"
      ? udpSink({ datagrams, host, port, log })
      : tcpSink({ host, port }, (result) => void (result.kind === "error" && failed(result.error)));
  if (file === undefined) return sent;
  const kept = fileSink(file, failed);
  return {
    send: (packets, startsHere) => {
      sent.send(packets, startsHere);
      kept.send(packets, startsHere);
    },
    close: () => {
      sent.close();
      kept.close();
    },
  };
}
