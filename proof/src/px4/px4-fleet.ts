import { withoutSky } from "./px4-site.js";

/** Whose physics: `own` is PX4's built-in one (SIH) without our simulator, `ours` the simulator's over the HIL link. */
export type Px4Physics = "own" | "ours";

export type Px4FleetWish = {
  readonly physics: Px4Physics;
  /** How many of the demonstration's aircraft, from the first. */
  readonly aircraft: number;
  /** `sim.px4` of the configuration as YAML between braces, for `ours`; `{}` waits for PX4s on 127.0.0.1:4560 and up. */
  readonly px4?: string;
};

/** AUTOPILOT_VERSION of PX4 SITL as the bridge writes it: instance 0 has no uid2, the others have their number there. */
export function px4Uid(instance: number): string {
  return instance === 0 ? "4954414c44494e4f" : instance.toString(16).padStart(2, "0").padEnd(8, "0");
}

/** PX4 speaks to 14550 whatever anybody says: there the simulator stands, and the bridge behind it. */
const px4Radio = 14_550;
const bridgePort = 14_650;

const aircraftLine = /^ {2}- \{ uid: "([0-9a-f]+)", callSign: .*\}\n/gm;

/**
 * The demonstration's configuration with real PX4s in its aircraft, instance i in the i-th. With PX4's own physics there
 * is no simulator of ours, so no gimbal, and a dock is a bare pad.
 */
export function px4FleetYaml(yaml: string, wish: Px4FleetWish): string {
  let instance = 0;
  const fleet = yaml.replace(aircraftLine, (line, uid: string) => {
    const mine = instance++;
    return mine < wish.aircraft ? line.replace(uid, px4Uid(mine)) : "";
  });
  if (instance < wish.aircraft) throw new Error(`the configuration has ${instance} aircraft, ${wish.aircraft} wanted`);
  const simulator = /^sim: \{ enabled: true, (.*) \}$/m;
  if (!simulator.test(fleet)) throw new Error("the configuration has no line sim: { enabled: true, ... }");
  return wish.physics === "ours"
    ? behindRadio(fleet).replace(
        simulator,
        (_, rest: string) => `sim: { enabled: true, ${rest}, px4: ${withRadio(wish.px4 ?? "{}")} }`,
      )
    : withoutSky(fleet)
        .replace(/^( +)maxGustMps: .*\n/m, (line, space: string) => `${line}${space}gimbal: false,\n`)
        .replace(simulator, (_, rest: string) => `sim: { enabled: false, ${rest} }`)
        .replaceAll("type: dock }", "type: pad }");
}

const behindRadio = (yaml: string): string =>
  yaml
    .replace(`mavlinkUdp: ${px4Radio}`, `mavlinkUdp: ${bridgePort}`)
    .replace(`kind: udp-server, port: ${px4Radio}`, `kind: udp-server, port: ${bridgePort}`);

const withRadio = (px4: string): string => {
  const fields = px4.replace(/^\{\s*|\s*\}$/g, "");
  return `{ radio: ${px4Radio}${fields === "" ? "" : `, ${fields}`} }`;
};
