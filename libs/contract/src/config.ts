import { z } from "zod";
import { provenance, role } from "./actor.js";
import { cameraTurningConfig, fixedCameraConfig, secretRef as secret } from "./camera-config.js";
import { launchPolicy } from "./facts/index.js";
import { gateId } from "./gate.js";
import { forwardConfig, forwardProblems, linkConfig, replayProblems } from "./link-config.js";
import { geoPoint, zone } from "./place.js";
import { px4SimConfig } from "./px4-sim-config.js";
import { simSensorsConfig } from "./sim-sensors-config.js";
import { skyConfig } from "./sky-config.js";

const port = z.int().min(0).max(65535);
const id = z.string().regex(/^[\w-]{1,40}$/);

export const dockConfig = z.strictObject({
  dockId: id,
  name: z.string(),
  point: geoPoint,
  type: z.enum(["dock", "pad"]),
  videoPort: port.optional(),
});
export const aircraftConfig = z.strictObject({
  /** AUTOPILOT_VERSION uid2 (hex) or uid: identity is never the sysid. */
  uid: z.string().regex(/^[0-9a-f]{8,36}$/),
  callSign: z.string().regex(/^[A-Z][A-Z0-9 -]{1,11}$/),
  /** What it calls itself on the air, so that it is never a stranger: ICAO address (six hex digits), remote ID serial. */
  airIds: z
    .array(z.string().regex(/^[\w~-]{4,40}$/))
    .max(4)
    .optional(),
  dockId: id,
  type: z.string(),
  videoPort: port,
  /**
   * The simulator's camera sends MPEG-TS with MISB ST 0601 metadata in place of RTP: by UDP to `videoPort`, or served
   * over HTTP and plain TCP there. `file`: is also written to it.
   */
  mpegts: z.strictObject({ over: z.enum(["udp", "http"]), file: z.string().optional() }).optional(),
  /**
   * Where the picture of its second sensor, heat, is opened while somebody looks: H.264 over RTSP 1.0. Used once its
   * camera announces a thermal stream (VIDEO_STREAM_INFORMATION); the address that the camera itself tells is never
   * opened, since anybody could have said it.
   */
  heat: z
    .string()
    .regex(/^rtsps?:\/\/[^\s/@]+(\/\S*)?$/, "must look like rtsp://host:554/path, without a name or a password")
    .optional(),
});
export const aircraftTypeConfig = z.strictObject({
  batteryWh: z.number().positive(),
  hoverW: z.number().positive(),
  massKg: z.number().positive(),
  cruiseMps: z.number().positive(),
  maxMps: z.number().positive(),
  climbMps: z.number().positive(),
  descendMps: z.number().positive(),
  maxWindMps: z.number().positive(),
  maxGustMps: z.number().positive(),
  /** Speed of the autopilot's take-off near the ground (PX4: MPC_TKO_SPEED); absent: 0.6 of `climbMps`. */
  takeoffMps: z.number().positive().optional(),
  /** False: nothing turns its camera. Times then count to arrival, and camera orders are refused at once. Absent: it has one. */
  gimbal: z.boolean().optional(),
});
const policyRule = z.strictObject({
  /** Call types (APCO) this line is for; `*` for the rest. Of several alerts, the policy that asks most of a human wins. */
  callTypes: z.array(z.string()),
  kinds: z.array(z.enum(["call", "gunshot", "cap", "alpr", "manual"])),
  /** This line is for incidents that all of `kinds` together reported: it then beats the stricter of the single lines. */
  together: z.boolean().optional(),
  policy: launchPolicy,
  text: z.string(),
});

/** Which calls the agency sends an aircraft to at all; the first line that fits a report is held against it. */
export const launchCriterion = z.strictObject({
  callTypes: z.array(z.string()).min(1),
  /** Absent: however it was reported. */
  kinds: z.array(z.enum(["call", "gunshot", "cap", "alpr", "manual"])).optional(),
  minUrgency: z.number().min(0).max(10),
  /** Of 100 closed incidents of this source, how many must have been real. Unknown until ten have closed. */
  minRealOf100: z.number().min(0).max(100).optional(),
  text: z.string(),
});
export type LaunchCriterion = z.infer<typeof launchCriterion>;

/** Everything an agency decides, in one file, `outrider.yaml`. Refused as a whole at start when one field is wrong. */
export const config = z
  .strictObject({
    site: z.strictObject({
      name: z.string(),
      provenance,
      city: z.string(),
      fence: z.strictObject({ inclusion: z.array(geoPoint).min(3), ceilingAglM: z.number().positive().max(200) }),
      privacyZones: z.array(zone),
      exclusionZones: z.array(zone),
      jurisdiction: z.array(geoPoint).min(3),
    }),
    demo: z.boolean(),
    listen: z.strictObject({
      host: z.string(),
      http: port,
      docks: port,
      mavlinkUdp: port,
      videoFirst: port,
      /** Exact origins of the screens where a TLS proxy stands in front, e.g. `https://dfr.example.gov`. */
      origins: z.array(z.string().regex(/^https?:\/\/[^/]+$/)).optional(),
    }),
    bridge: z
      .strictObject({
        id,
        token: secret,
        journal: z.string(),
        links: z.array(linkConfig).min(1),
        /** Where other ground stations and companion computers share the aircraft. */
        forward: z.array(forwardConfig).max(16).optional(),
        minAglM: z.number().min(5),
        allowForeignStation: z.boolean(),
        /**
         * MAVLink signing. `required`: what the key did not sign is not heard. `preferred`: an autopilot that has never signed
         * is heard and shown as unsigned; one that has signed once must go on. Left out: nothing is signed.
         */
        signing: z.strictObject({ policy: z.enum(["required", "preferred"]), key: secret }).optional(),
        /** What the recordings of flights may take on the bridge's disk: beyond it the oldest sealed one goes. Left out: 20 GiB. */
        recordings: z.strictObject({ mostMiB: z.int().min(64) }).optional(),
        /**
         * Orders signed by the station (Ed25519). `key` is the station's private key and read by the station alone;
         * `trusted` are files with the public keys that the bridge accepts, two while the station changes its key.
         * Left out: orders are not signed, and the bridge says so.
         */
        orders: z.strictObject({ stationId: id, key: secret, trusted: z.array(z.string()).min(1).max(2) }).optional(),
        /** The bridge's own limits, a file that the station must not be able to write. Left out: built-in bounds. */
        limits: z.string().optional(),
        /** What each aircraft's remote ID module is told: who operates it, why, and from where (height over the ellipsoid). */
        remoteId: z
          .strictObject({
            operatorId: z.string().min(1).max(20),
            description: z.string().max(23),
            point: geoPoint,
            altHaeM: z.number().optional(),
          })
          .optional(),
      })
      .superRefine((bridge, context) => {
        for (const problem of forwardProblems(bridge))
          context.addIssue({ code: "custom", path: problem.path, message: problem.message });
      }),
    sim: z
      .strictObject({
        enabled: z.boolean(),
        seed: z.int(),
        lowFidelity: z.boolean(),
        token: secret,
        /** Where the simulator serves what an ADS-B receiver and weather services would: HTTP, and SBS-1 over TCP. */
        airData: z.strictObject({ http: port, sbs: port }).optional(),
        sensors: simSensorsConfig.optional(),
        /** Flown by a real PX4; left out: by the simulator's own autopilot. */
        px4: px4SimConfig.optional(),
      })
      .optional(),
    aircraftTypes: z.record(z.string(), aircraftTypeConfig),
    aircraft: z.array(aircraftConfig).max(200),
    docks: z.array(dockConfig),
    cameras: z.array(fixedCameraConfig),
    /** Left out: ten seconds and five minutes. */
    cameraTurning: cameraTurningConfig.optional(),
    people: z.array(
      z.strictObject({
        personId: id,
        name: z.string(),
        roles: z.array(role).min(1),
        passwordHash: z.string().optional(),
        certificate: z.strictObject({ number: z.string(), until: z.iso.date() }).optional(),
        lastFlight: z.iso.date().optional(),
        /** Trainings passed elsewhere, as the training site's records say (`GET /training/records`). */
        trained: z.array(z.strictObject({ teaches: z.string(), on: z.iso.date() })).optional(),
      }),
    ),
    /** Officers who say who they are on a phone with an officer's link. Without this, acknowledgements say "link holder". */
    officers: z
      .array(
        z.strictObject({
          badge: z.string().regex(/^[\w-]{1,20}$/),
          name: z.string().min(1).max(80),
          /** argon2id of a PIN of six digits. */
          pinHash: z.string().startsWith("$argon2id$"),
        }),
      )
      .optional(),
    sources: z.array(
      z.strictObject({
        sourceId: id,
        kind: z.enum([
          "eido",
          "cap",
          "gunshot",
          "native",
          "alpr/rekor",
          "alpr/plate-recognizer",
          "alpr/flock",
          "cad/flock",
        ]),
        key: secret,
        auth: z.enum(["hmac", "apiKey"]),
        provenance,
        perMinute: z.number().positive(),
      }),
    ),
    launch: z.strictObject({
      rules: z.array(policyRule).min(1),
      mergeWithinM: z.number().positive(),
      mergeWithinS: z.number().positive(),
      cruiseAglM: z.number().min(30).max(120),
      sceneAglM: z.number().min(30).max(120),
      orbitRadiusM: z.number().min(20).max(200),
      stayS: z.number().positive(),
      approvalValidS: z.number().positive(),
      maxAlertAgeS: z.number().positive(),
      maxAircraftPerPic: z.int().min(1).max(20),
      reservePct: z.number().min(0).max(60),
      verticalBufferM: z.number().min(0),
      horizontalBufferM: z.number().min(0),
      currencyDays: z.int().positive(),
      minBatteryPct: z.number().min(0).max(100),
      unsignedLinkMayLaunch: z.boolean(),
      /** What the launch-criteria gate measures; needed unless `notConfigured` names the gate. */
      criteria: z.array(launchCriterion).min(1).optional(),
    }),
    /** Other aircraft in the sky, and the weather. Without it `notConfigured` must name the gate `traffic`. */
    sky: skyConfig.optional(),
    dispatch: z
      .strictObject({
        /** A card that its unit has not read by then is alarmed until it is read or taken back; absent: 30 s. */
        unreadAfterS: z.number().min(5).max(3600),
      })
      .optional(),
    training: z
      .strictObject({
        /** A run with this score and no breach of airspace or privacy is passed, unless its trainer says otherwise. */
        passScore: z.number().min(0).max(100),
        /** Whether a passed run counts like a flight for `launch.currencyDays`; the agency answers for that. */
        countsAsFlight: z.boolean(),
        /** Trainings to be kept fresh; a scenario names its own with `teaches`. */
        kinds: z.array(
          z.strictObject({
            teaches: z.string().regex(/^[a-z-]{1,40}$/),
            title: z.string(),
            withinDays: z.int().positive(),
            /** True: nobody without it takes a watch at a live site. */
            neededForWatch: z.boolean(),
          }),
        ),
      })
      .optional(),
    failsafeParameters: z.record(z.string(), z.strictObject({ value: z.number(), why: z.string() })),
    notConfigured: z.array(z.strictObject({ gate: gateId, who: z.string(), when: z.iso.date(), why: z.string() })),
    hotlists: z.array(z.strictObject({ name: z.string(), file: z.string() })),
    record: z.strictObject({ dir: z.string() }),
    public: z.strictObject({ delayMinutes: z.number().min(0), keepDays: z.int().positive() }),
    display: z.strictObject({ units: z.enum(["us", "metric"]), timeZone: z.string() }),
  })
  .superRefine(({ bridge, site }, context) => {
    for (const problem of replayProblems(bridge, site.provenance))
      context.addIssue({ code: "custom", path: ["bridge", ...problem.path], message: problem.message });
  });
export type Config = z.infer<typeof config>;
export type DockConfig = z.infer<typeof dockConfig>;
export type AircraftConfig = z.infer<typeof aircraftConfig>;
export type AircraftTypeConfig = z.infer<typeof aircraftTypeConfig>;
