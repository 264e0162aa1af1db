/**
 * PX4's use of HEARTBEAT.custom_mode (PX4-Autopilot, src/modules/commander/px4_custom_mode.h): bits 16-23 main mode,
 * bits 24-31 sub mode.
 */

/** Main modes. */
export const Px4MainMode = {
  MANUAL: 1,
  ALTCTL: 2,
  POSCTL: 3,
  AUTO: 4,
  ACRO: 5,
  OFFBOARD: 6,
  STABILIZED: 7,
  RATTITUDE: 8,
  SIMPLE: 9,
  TERMINATION: 10,
} as const;
export type Px4MainMode = (typeof Px4MainMode)[keyof typeof Px4MainMode];

/** Sub modes of AUTO. */
export const Px4AutoMode = {
  READY: 1,
  TAKEOFF: 2,
  LOITER: 3,
  MISSION: 4,
  RTL: 5,
  LAND: 6,
  FOLLOW_TARGET: 8,
  PRECLAND: 9,
  VTOL_TAKEOFF: 10,
  EXTERNAL1: 11,
  EXTERNAL2: 12,
  EXTERNAL3: 13,
  EXTERNAL4: 14,
  EXTERNAL5: 15,
  EXTERNAL6: 16,
  EXTERNAL7: 17,
  EXTERNAL8: 18,
} as const;
export type Px4AutoMode = (typeof Px4AutoMode)[keyof typeof Px4AutoMode];

/** Sub modes of POSCTL. */
export const Px4PosctlMode = { POSCTL: 0, ORBIT: 1, SLOW: 2 } as const;
export type Px4PosctlMode = (typeof Px4PosctlMode)[keyof typeof Px4PosctlMode];

/** custom_mode of a main and a sub mode. DO_SET_MODE takes the two apart, as param2 and param3. */
export function px4Mode(main: number, sub = 0): number {
  return (((main & 0xff) << 16) | ((sub & 0xff) << 24)) >>> 0;
}

/** Main and sub mode of a custom_mode. */
export function px4ModeParts(customMode: number): { main: number; sub: number } {
  return { main: (customMode >>> 16) & 0xff, sub: (customMode >>> 24) & 0xff };
}

/** custom_mode of HIGH_LATENCY2, which has only its upper half, as that of a HEARTBEAT. */
export function px4ModeFromHighLatency(customMode: number): number {
  return ((customMode & 0xffff) << 16) >>> 0;
}

/** "AUTO_MISSION", "POSCTL_ORBIT", "OFFBOARD"; "UNKNOWN_<main>_<sub>" for one that is not in the tables. */
export function px4ModeName(customMode: number): string {
  const { main, sub } = px4ModeParts(customMode);
  const mainName = keyOf(Px4MainMode, main);
  if (mainName === undefined) return `UNKNOWN_${main}_${sub}`;
  if (sub === 0) return mainName;
  const subs = main === Px4MainMode.AUTO ? Px4AutoMode : main === Px4MainMode.POSCTL ? Px4PosctlMode : {};
  const subName = keyOf(subs, sub);
  return subName === undefined ? `UNKNOWN_${main}_${sub}` : `${mainName}_${subName}`;
}

function keyOf(table: { readonly [key: string]: number }, value: number): string | undefined {
  return Object.keys(table).find((key) => table[key] === value);
}
