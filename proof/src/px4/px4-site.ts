import type { GeoPoint } from "@outrider/contract";

export const px4Pad: { readonly dockId: string; readonly point: GeoPoint } = {
  dockId: "dock-a",
  point: { latDeg: 37.77175, lonDeg: -122.45 },
};

const section = (name: string): RegExp => new RegExp(`^${name}:\\n(?:[ ].*\\n)+`, "m");

/** Without the simulator nobody tells of other aircraft, restrictions and the weather, and a bare pad has no sensor. */
const noSky = ["traffic", "weather", "airspace"]
  .map((gate) => `  - { gate: ${gate}, who: test, when: 2026-11-22, why: no simulator of ours }\n`)
  .join("");
export const withoutSky = (yaml: string): string =>
  yaml.replace(section("sky"), "").replace("notConfigured:\n", `notConfigured:\n${noSky}`);

/**
 * The demonstration's configuration with one aircraft that is a real PX4, a bare pad in its dock's place and no
 * simulator of ours. PX4 sends to 14550 whatever the file says, so the bridge listens there as it does by default.
 */
export function px4Yaml(yaml: string, wish: { readonly uid: string; readonly root: string }): string {
  const { latDeg, lonDeg } = px4Pad.point;
  const pad = `{ dockId: ${px4Pad.dockId}, name: Pad A, point: { latDeg: ${latDeg}, lonDeg: ${lonDeg} }, type: pad }`;
  const aircraft = `{ uid: "${wish.uid}", callSign: MERLIN, dockId: ${px4Pad.dockId}, type: q38, videoPort: 5600 }`;
  return withoutSky(yaml)
    .replace("city: data/city/", `city: ${wish.root}data/city/`)
    .replaceAll("file: docs/", `file: ${wish.root}docs/`)
    .replace(/mavlinkUdp: \d+/, "mavlinkUdp: 14550")
    .replace(/kind: udp-server, port: \d+/, "kind: udp-server, port: 14550")
    .replace(/sim: \{ enabled: true/, "sim: { enabled: false")
    .replace(section("aircraft"), `aircraft:\n  - ${aircraft}\n`)
    .replace(section("docks"), `docks:\n  - ${pad}\n`);
}

/**
 * What makes PX4's built-in model fly like the type in the file: its drag holds it to 9.8 m/s, and its battery is half
 * empty a minute after arming, which would send any flight home at once.
 */
export const px4Airframe: Readonly<Record<string, string>> = {
  PX4_PARAM_SIH_KDV: "0.3",
  PX4_PARAM_MPC_XY_VEL_MAX: "20",
  PX4_PARAM_MPC_Z_VEL_MAX_UP: "6",
  PX4_PARAM_MPC_Z_V_AUTO_UP: "5",
  PX4_PARAM_MPC_TKO_SPEED: "3",
  PX4_PARAM_SIM_BAT_DRAIN: "1200",
};
