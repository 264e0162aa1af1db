/** Flight modes as PX4 v1.17 names them. `descend` is what it flies blind; it reports it as AUTO.LAND. */
export type FlightMode =
  | "manual"
  | "altctl"
  | "posctl"
  | "orbit"
  | "takeoff"
  | "loiter"
  | "mission"
  | "rtl"
  | "land"
  | "follow"
  | "offboard"
  | "descend"
  | "termination";

type ModeFacts = {
  readonly main: number;
  readonly sub: number;
  /** HEARTBEAT.base_mode without the armed bit. */
  readonly base: number;
  readonly standard: number;
  /** navigation_mode_t of PX4's events. */
  readonly navigation: number;
  readonly label: string;
};

const facts: Readonly<Record<FlightMode, ModeFacts>> = {
  manual: { main: 1, sub: 0, base: 0x51, standard: 0, navigation: 0, label: "Manual" },
  altctl: { main: 2, sub: 0, base: 0x51, standard: 4, navigation: 1, label: "Altitude" },
  posctl: { main: 3, sub: 0, base: 0x51, standard: 1, navigation: 2, label: "Position" },
  orbit: { main: 3, sub: 1, base: 0x11, standard: 2, navigation: 14, label: "Orbit" },
  takeoff: { main: 4, sub: 2, base: 0x1d, standard: 8, navigation: 10, label: "Takeoff" },
  loiter: { main: 4, sub: 3, base: 0x1d, standard: 0, navigation: 4, label: "Hold" },
  mission: { main: 4, sub: 4, base: 0x1d, standard: 6, navigation: 3, label: "Mission" },
  rtl: { main: 4, sub: 5, base: 0x1d, standard: 5, navigation: 5, label: "Return" },
  land: { main: 4, sub: 6, base: 0x1d, standard: 7, navigation: 11, label: "Land" },
  follow: { main: 4, sub: 8, base: 0x11, standard: 0, navigation: 12, label: "Follow Me" },
  offboard: { main: 6, sub: 0, base: 0x11, standard: 0, navigation: 7, label: "Offboard" },
  descend: { main: 4, sub: 6, base: 0x1d, standard: 0, navigation: 11, label: "Descend" },
  termination: { main: 10, sub: 0, base: 0x01, standard: 0, navigation: 255, label: "Termination" },
};

/** HEARTBEAT.custom_mode: sub mode in the top byte, main mode in the next. */
export function customModeOf(mode: FlightMode): number {
  return facts[mode].sub * 0x1000000 + facts[mode].main * 0x10000;
}

export function baseModeOf(mode: FlightMode, armed: boolean): number {
  return facts[mode].base | (armed ? 0x80 : 0);
}

export function standardModeOf(mode: FlightMode): number {
  return facts[mode].standard;
}

export function navigationModeOf(mode: FlightMode): number {
  return facts[mode].navigation;
}

export function modeLabel(mode: FlightMode): string {
  return facts[mode].label;
}

/** The mode a DO_SET_MODE asks for, or undefined when this vehicle has none such. */
export function modeFrom(main: number, sub: number): FlightMode | undefined {
  for (const mode of settableModes) {
    if (facts[mode].main === main && facts[mode].sub === sub) return mode;
  }
  return undefined;
}

/** Modes offered by AVAILABLE_MODES, in the order of their index. */
export const settableModes: readonly FlightMode[] = [
  "manual",
  "altctl",
  "posctl",
  "orbit",
  "takeoff",
  "loiter",
  "mission",
  "rtl",
  "land",
  "follow",
  "offboard",
];

/** Modes in which PX4 refuses to arm. */
export function forbidsArming(mode: FlightMode): boolean {
  return (
    mode === "rtl" ||
    mode === "land" ||
    mode === "orbit" ||
    mode === "follow" ||
    mode === "descend" ||
    mode === "termination"
  );
}

/** Modes that need a position. */
export function needsPosition(mode: FlightMode): boolean {
  return mode !== "manual" && mode !== "altctl" && mode !== "descend" && mode !== "termination";
}
