/**
 * What this bridge speaks with each family of autopilot, as data: the table of `docs/mavlink.md` is made from it.
 * `measured`: seen on a real one or in its recordings. `tested`: against our simulated vehicle or a fake with its manners.
 * `written`: by its documents, never met one. `no`: not spoken, and `note` says why.
 */
export type SupportLevel = "measured" | "tested" | "written" | "no";

export type SupportRow = {
  /** Message or command as MAVLink names it. */
  readonly item: string;
  readonly service:
    | "link"
    | "telemetry"
    | "command"
    | "mission"
    | "parameters"
    | "gimbal"
    | "camera"
    | "files"
    | "time"
    | "events"
    | "traffic"
    | "remote ID"
    | "parachute";
  /** `in`: heard, `out`: sent, `both`. */
  readonly way: "in" | "out" | "both";
  readonly use: string;
  readonly px4: SupportLevel;
  readonly ardupilot: SupportLevel;
  /** Limits, in words; empty where there is none worth telling. */
  readonly note: string;
};

type Row = readonly [
  item: string,
  way: SupportRow["way"],
  use: string,
  px4: SupportLevel,
  ardupilot: SupportLevel,
  note?: string,
];

const m = "measured";
const t = "tested";
const w = "written";

const rows: Readonly<Record<SupportRow["service"], readonly Row[]>> = {
  link: [
    ["HEARTBEAT", "both", "armed, mode, state; ours every second", m, w],
    ["RADIO_STATUS", "in", "which of two links carries", t, t, "taken unsigned"],
    [
      "HIGH_LATENCY2",
      "in",
      "position, mode, battery by satellite",
      t,
      w,
      "link shown as late, lost after 60 s; armed is what was last heard; the aircraft must have been identified before; it is not switched on from here",
    ],
    [
      "AUTOPILOT_VERSION",
      "in",
      "who it is (uid2)",
      m,
      w,
      "who does not tell it, or has none, is told and never ordered",
    ],
  ],
  telemetry: [
    ["CURRENT_MODE", "in", "mode at once", m, w],
    [
      "GLOBAL_POSITION_INT",
      "in",
      "position, AMSL height, velocity",
      m,
      w,
      "relative_alt is never used; a place that is none is dropped",
    ],
    ["ATTITUDE", "in", "attitude, tumbling", m, w],
    ["EXTENDED_SYS_STATE", "in", "airborne, landed", m, w],
    ["GPS_RAW_INT, ESTIMATOR_STATUS", "in", "position doubt", m, w],
    ["SYS_STATUS, BATTERY_STATUS", "in", "battery, pre-arm check", m, w],
    ["HOME_POSITION", "in", "home at arming", m, w],
    ["POSITION_TARGET_GLOBAL_INT", "in", "evidence for a goto", m, w],
    ["WIND_COV", "in", "wind", m, w],
    ["STATUSTEXT", "in", "reasons, failsafes", m, w, "joined from chunks; repetitions within 5 s dropped"],
  ],
  command: [
    ["COMPONENT_ARM_DISARM 400", "out", "arm", m, w, "once; never forced; no disarming in the air"],
    [
      "DO_SET_MODE 176",
      "out",
      "Hold, Position",
      m,
      w,
      "PX4 answers twice, the second counts; ArduPilot: BRAKE, then GUIDED",
    ],
    ["MISSION_START 300", "out", "fly the plan", m, w, "only while armed"],
    [
      "DO_REPOSITION 192",
      "out",
      "go to, change height",
      m,
      w,
      "COMMAND_INT, frame 0, height AMSL and above ground plus margin; ArduPilot in Guided, with its own place for a change of height",
    ],
    ["DO_ORBIT 34", "out", "orbit", m, w, "Copter's stable firmware refuses it"],
    ["NAV_RETURN_TO_LAUNCH 20", "out", "return", m, w],
    ["NAV_LAND 21", "out", "land here", m, w],
    ["DO_FLIGHTTERMINATION 185", "out", "emergency stop", m, w, "a person only"],
    ["DO_PARACHUTE 208", "out", "release", "no", "no", "the aircraft releases it by its own rules; see emergency stop"],
    [
      "COMMAND_CANCEL",
      "out",
      "abort what is in progress",
      t,
      t,
      "once, to what has answered IN_PROGRESS, after the order that takes its place has left; PX4 has no handler and the dialect of ArduPilot no such message: both go on, which is told as no answer",
    ],
    ["REQUEST_MESSAGE 512, SET_MESSAGE_INTERVAL 511", "out", "reads and rates", m, w, "three tries"],
    ["COMMAND_ACK", "in", "answers", m, w, "1.5 s, in progress 5 s more; evidence of nothing"],
    ["MANUAL_CONTROL", "out", "sticks, 20 Hz", m, w, "centred after 300 ms, Hold after 2 s"],
  ],
  mission: [
    [
      "MISSION_COUNT, _REQUEST_INT, _ITEM_INT, _ACK",
      "both",
      "mission, fence, rally up",
      m,
      t,
      "1.5 s, 250 ms, 5 tries; ArduPilot: item 0 is its home and is not compared",
    ],
    ["MISSION_REQUEST_LIST", "out", "read back and compare", m, t, "2000 items at most"],
    ["MISSION_CURRENT", "in", "plan changed by another", m, w, "ids: PX4 and Copter 4.5 or later"],
  ],
  parameters: [
    [
      "PARAM_REQUEST_READ",
      "out",
      "failsafe parameters by name",
      m,
      t,
      "1 s, 3 tries, 8 at once; a missing name is silence",
    ],
    [
      "PARAM_REQUEST_LIST",
      "out",
      "all, gaps by index, copy kept by _HASH_CHECK",
      t,
      t,
      "on the ground and not over a slow radio; the copy outlives the bridge; ArduPilot has no hash and is read anew",
    ],
    ["PARAM_VALUE", "in", "integers bytewise (PX4), by value (ArduPilot)", m, t, "8192 at most"],
    ["PARAM_SET", "out", "writing", "no", "no", "parameters are set on the bench and read back here"],
  ],
  gimbal: [
    ["DO_GIMBAL_MANAGER_CONFIGURE 1001", "out", "take control", m, w],
    ["DO_GIMBAL_MANAGER_PITCHYAW 1000", "out", "aim, level", m, w, "yaw locked to the earth"],
    ["DO_SET_ROI_LOCATION 195, _NONE 197", "out", "look at a place", m, w, "height AMSL"],
    ["GIMBAL_DEVICE_ATTITUDE_STATUS", "in", "where the camera looks", m, w, "yaw frame by flags"],
    [
      "GIMBAL_MANAGER_STATUS",
      "in",
      "who has control; taken by another",
      t,
      w,
      "primary control; a change without our order is a fact and an alarm, not fought: the next camera order takes it back; secondary control is not read",
    ],
    [
      "GIMBAL_MANAGER_INFORMATION",
      "in",
      "how far it turns",
      t,
      w,
      "asked until heard, 8 times at most; refuses an aim beyond it",
    ],
  ],
  camera: [
    [
      "CAMERA_INFORMATION",
      "in",
      "what it can do",
      t,
      w,
      "components 100 to 105, any other that beats as a camera, and ids 1 to 6 that the autopilot speaks for; asked until heard, 8 times at most; zoom and field of view are of the first that shows more than heat",
    ],
    ["VIDEO_STREAM_INFORMATION, _STATUS", "in", "its pictures, which of them are heat", t, w, "8 a camera at most"],
    [
      "CAMERA_FOV_STATUS",
      "in",
      "field of view",
      t,
      w,
      "hfov only: where the picture meets the ground is our own, from pose, terrain and buildings, and one place told by the camera would not say how sure it is",
    ],
    ["STORAGE_INFORMATION", "in", "cards", t, w, "4 a camera at most"],
    ["CAMERA_SETTINGS", "in", "zoom and focus level", "no", "no", "the zoom is told by the field of view, in degrees"],
    ["SET_CAMERA_ZOOM 531", "out", "zoom by field of view", t, w],
    [
      "CAMERA_TRACK_POINT 2004, _RECTANGLE 2005, _STOP_TRACKING 2010",
      "out",
      "follow in the picture",
      "no",
      "no",
      "a camera that follows by itself looks where nobody ordered it to, over privacy zones too, and leaves no named look; cameras are aimed at places and directions by a person",
    ],
    ["CAMERA_TRACKING_IMAGE_STATUS, _GEO_STATUS", "in", "what it follows", "no", "no", "nothing is ordered to follow"],
  ],
  files: [
    [
      "FILE_TRANSFER_PROTOCOL",
      "both",
      "list, read, burst, checksum",
      t,
      w,
      "reads only, 64 MiB at most, one at a time, 20 % loss each way; not yet an order",
    ],
  ],
  time: [
    [
      "TIMESYNC",
      "both",
      "offset and delay; age of the position",
      t,
      w,
      "asked every 1 s, then 5 s; its own questions are not answered",
    ],
  ],
  events: [
    [
      "EVENT, CURRENT_EVENT_SEQUENCE",
      "in",
      "reasons, arming checks",
      t,
      "no",
      "texts of PX4 v1.17; an unknown id is left out; ArduPilot says them by STATUSTEXT",
    ],
    ["REQUEST_EVENT, RESPONSE_EVENT_ERROR", "both", "lost ones, 4 tries", t, "no"],
  ],
  traffic: [
    ["ADSB_VEHICLE", "in", "crewed aircraft", t, w, "only what is flagged valid; 500 at most, 30 s"],
    ["UTM_GLOBAL_POSITION", "in", "cooperating drones", t, w, "PX4 v1.17 as measured does not send it"],
  ],
  "remote ID": [
    ["OPEN_DRONE_ID_ARM_STATUS", "in", "module ready, failed, silent", t, w, "silent after 5 s"],
    [
      "OPEN_DRONE_ID_SYSTEM, _OPERATOR_ID, _SELF_ID",
      "out",
      "operator and place",
      t,
      w,
      "1 s and 3 s, where the site configures it",
    ],
    [
      "OPEN_DRONE_ID_BASIC_ID, _LOCATION, _SYSTEM, _MESSAGE_PACK",
      "in",
      "somebody else's drone, by a receiver aboard or on a link",
      t,
      w,
      "one told to its module by our own autopilot is left out; a pack that contradicts itself is refused whole; authentication is not verified",
    ],
  ],
  parachute: [["HEARTBEAT of type PARACHUTE", "in", "ready, failed, silent", t, w, "never released from here"]],
};

/** In the order in which the table is read. */
export const support: readonly SupportRow[] = Object.entries(rows).flatMap(([service, list]) =>
  list.map(([item, way, use, px4, ardupilot, note]) => ({
    // The keys of `rows` are the services.
    service: service as SupportRow["service"],
    item,
    way,
    use,
    px4,
    ardupilot,
    note: note ?? "",
  })),
);
