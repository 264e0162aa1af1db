/** What the world did in a recording that its frames do not show, at the recording's own seconds since power-up. */
export type WorldEvent =
  | { readonly atS: number; readonly kind: "ground"; readonly altAmslM: number }
  | { readonly atS: number; readonly kind: "rotor lost"; readonly rotor: 1 | 2 | 3 | 4 };

/** One recording, and what has to be known to fly it again. */
export type Story = {
  /** Name of the recording: `NAME.tlog.gz`. */
  readonly capture: string;
  readonly sysid: number;
  readonly what: string;
  /** True where a simulator outside PX4 flew the body: only then are speeds, climbs and ways compared. */
  readonly dynamics: boolean;
  /** Seconds since power-up at which the comparison ends. */
  readonly toS?: number;
  /** Parameters given at the start, which the recorded frames neither set nor show. */
  readonly params?: Readonly<Record<string, number>>;
  readonly events?: readonly WorldEvent[];
  /** Made at four times real time with heartbeats on the wall's: ours beat every second of simulated time. */
  readonly steadyBeats?: boolean;
  /** INJECT_FAILURE of the GNSS receiver had an effect (it has none in PX4's own simulator). */
  readonly gnssInjected?: boolean;
};

const dfrTuned = {
  MPC_XY_CRUISE: 18,
  MPC_XY_VEL_MAX: 20,
  MPC_Z_V_AUTO_UP: 5,
  MPC_Z_VEL_MAX_UP: 6,
  MPC_TKO_SPEED: 3,
};

export const stories: readonly Story[] = [
  {
    capture: "hil-f-realtime",
    sysid: 1,
    what: "take-off to 60 m, goto 300 m, orbit, return, land",
    dynamics: true,
  },
  {
    capture: "hil-y-roof",
    sysid: 2,
    what: "take-off to 30 m, landing on a roof 18 m high",
    dynamics: true,
    steadyBeats: true,
    params: { SYS_HAS_NUM_DIST: 1 },
    events: [{ atS: 35, kind: "ground", altAmslM: 318 }],
  },
  {
    capture: "hil-x-battery-external",
    sysid: 2,
    what: "take-off to 40 m, battery low, critical, emergency",
    dynamics: true,
    steadyBeats: true,
    toS: 87,
  },
  {
    capture: "hil-x-gps-inject",
    sysid: 2,
    what: "take-off to 40 m, GNSS lost for 12 s",
    dynamics: true,
    steadyBeats: true,
    toS: 58.9,
    gnssInjected: true,
  },
  {
    capture: "hil-y-motor-flightterm",
    sysid: 3,
    what: "take-off to 60 m, rotor 1 lost, termination allowed",
    dynamics: true,
    steadyBeats: true,
    params: { CBRK_FLIGHTTERM: 0 },
    events: [{ atS: 43, kind: "rotor lost", rotor: 1 }],
  },
  { capture: "s1-boot-arm-takeoff", sysid: 1, what: "orders before it is ready, take-off, landing", dynamics: false },
  { capture: "s2-nav", sysid: 1, what: "gotos, speeds, pause, orbit, return", dynamics: false },
  {
    capture: "s2x-goto-relalt-frame6-lands",
    sysid: 1,
    what: "goto with a height that is no AMSL",
    dynamics: false,
    toS: 180,
  },
  { capture: "s3-mission-fence", sysid: 3, what: "mission uploads, mission, pause, return", dynamics: false, toS: 198 },
  { capture: "s3b-fence-mission", sysid: 3, what: "fence, goto outside, breach, rally point", dynamics: false },
  { capture: "s5-motor", sysid: 5, what: "injected motor failure that has no effect", dynamics: false, toS: 40 },
  { capture: "s10-command-support", sysid: 15, what: "a hundred commands on the ground", dynamics: false },
  { capture: "s5-nogps", sysid: 4, what: "no GNSS at power-up", dynamics: false, params: { SIM_GPS_USED: 0 } },
  { capture: "s5-dll", sysid: 4, what: "link lost twice", dynamics: false },
  { capture: "s5-bat", sysid: 5, what: "battery low, critical, emergency", dynamics: false },
  { capture: "s5-gf", sysid: 4, what: "distance and height limits, invalid fences", dynamics: false },
  { capture: "s5-gps", sysid: 8, what: "GNSS lost in a goto, back, return", dynamics: false },
  { capture: "s5-misc", sysid: 9, what: "take-over from a failsafe, refused modes, sticks", dynamics: false },
  {
    capture: "s8-dfr-tuned",
    sysid: 10,
    what: "first responder's parameters",
    dynamics: false,
  },
  {
    capture: "s11-takeoff-variants-offboard-home",
    sysid: 14,
    what: "take-off variants, home moved",
    dynamics: false,
    toS: 80,
  },
  {
    capture: "f1",
    sysid: 41,
    what: "fence met at speed, link lost",
    dynamics: false,
    params: { MPC_Z_V_AUTO_DN: 3 },
  },
  { capture: "f2", sysid: 41, what: "return through an exclusion zone", dynamics: false, params: dfrTuned },
];
