import { CameraCapFlags, type MavMessage, VideoStreamStatusFlags } from "@outrider/mavlink";

/** One picture that a camera sends. */
export type CameraStream = {
  readonly streamId: number;
  /** VIDEO_STREAM_TYPE in words. */
  readonly kind: "rtsp" | "rtp" | "tcp" | "mpegts" | "whep" | "other";
  readonly uri: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly framesPerS: number;
  readonly hfovDeg: number | undefined;
  readonly running: boolean;
  readonly thermal: boolean;
};

export type CameraStorage = { readonly storageId: number; readonly ready: boolean; readonly freeMiB: number };

/** What is known of a camera, camera protocol v2. */
export type CameraState = {
  readonly vendor: string;
  readonly model: string;
  /** CAMERA_CAP_FLAGS; undefined before CAMERA_INFORMATION. */
  readonly flags: number | undefined;
  readonly streams: readonly CameraStream[];
  readonly storages: readonly CameraStorage[];
  /** How many streams it says that it has; 0 before it described one. */
  readonly streamCount: number;
};

const mostStreams = 8;
const mostStorages = 4;

export const newCamera: CameraState = {
  vendor: "",
  model: "",
  flags: undefined,
  streams: [],
  storages: [],
  streamCount: 0,
};

const kinds: Readonly<Record<number, CameraStream["kind"]>> = { 0: "rtsp", 1: "rtp", 2: "tcp", 3: "mpegts", 4: "whep" };

/** Takes one message into what is known; the same state for one that says nothing of a camera. */
export function hearCamera(state: CameraState, message: MavMessage): CameraState {
  switch (message.name) {
    case "CAMERA_INFORMATION":
      return { ...state, vendor: letters(message.vendorName), model: letters(message.modelName), flags: message.flags };
    case "VIDEO_STREAM_INFORMATION":
      return {
        ...state,
        streams: withStream(state.streams, message),
        streamCount: Math.max(state.streamCount, Math.min(message.count, mostStreams)),
      };
    case "VIDEO_STREAM_STATUS":
      return { ...state, streams: withStream(state.streams, message) };
    case "STORAGE_INFORMATION": {
      if (message.storageId === 0) return state;
      const storage: CameraStorage = {
        storageId: message.storageId,
        ready: message.status === 2,
        freeMiB: inRange(message.availableCapacity, 0, 1e9) ?? 0,
      };
      const others = state.storages.filter((each) => each.storageId !== storage.storageId);
      return { ...state, storages: [...others, storage].slice(-mostStorages) };
    }
    default:
      return state;
  }
}

/** Whether all that it shows is heat: such a one is never the camera that is aimed and zoomed while there is another. */
export const heatOnly = ({ streams }: CameraState): boolean =>
  streams.length > 0 && streams.every(({ thermal }) => thermal);

/** Words of what it can do. */
export function cameraCan(state: CameraState): string[] {
  const flags = state.flags ?? 0;
  const words: readonly (readonly [number, string])[] = [
    [CameraCapFlags.CAPTURE_VIDEO, "record"],
    [CameraCapFlags.CAPTURE_IMAGE, "photograph"],
    [CameraCapFlags.HAS_BASIC_ZOOM, "zoom"],
    [CameraCapFlags.HAS_BASIC_FOCUS, "focus"],
    [CameraCapFlags.HAS_VIDEO_STREAM, "stream"],
    [CameraCapFlags.HAS_TRACKING_POINT, "track a point"],
    [CameraCapFlags.HAS_TRACKING_RECTANGLE, "track a rectangle"],
  ];
  return words.filter(([flag]) => (flags & flag) !== 0).map(([, word]) => word);
}

type StreamMessage = Extract<MavMessage, { name: "VIDEO_STREAM_INFORMATION" | "VIDEO_STREAM_STATUS" }>;

function withStream(streams: readonly CameraStream[], message: StreamMessage): readonly CameraStream[] {
  const before = streams.find((each) => each.streamId === message.streamId);
  // A status of a stream that nobody described says where nothing is.
  if (message.streamId === 0 || (message.name === "VIDEO_STREAM_STATUS" && before === undefined)) return streams;
  const described =
    message.name === "VIDEO_STREAM_INFORMATION"
      ? { kind: kinds[message.type] ?? ("other" as const), uri: printable(message.uri) }
      : { kind: before?.kind ?? ("other" as const), uri: before?.uri ?? "" };
  const stream: CameraStream = {
    ...described,
    streamId: message.streamId,
    widthPx: message.resolutionH,
    heightPx: message.resolutionV,
    framesPerS: inRange(message.framerate, 0, 1_000) ?? 0,
    hfovDeg: message.hfov > 0 && message.hfov < 180 ? message.hfov : undefined,
    running: (message.flags & VideoStreamStatusFlags.RUNNING) !== 0,
    thermal: (message.flags & VideoStreamStatusFlags.THERMAL) !== 0,
  };
  const others = streams.filter((each) => each.streamId !== stream.streamId);
  return [...others, stream].sort((one, other) => one.streamId - other.streamId).slice(0, mostStreams);
}

const inRange = (value: number, low: number, high: number): number | undefined =>
  value >= low && value <= high ? value : undefined;
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "");
const letters = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return printable(String.fromCharCode(...bytes.slice(0, end < 0 ? bytes.length : end))).trim();
};
