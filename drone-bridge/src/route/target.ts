import type { MavMessage } from "@outrider/mavlink";

/** Whom a message is for. System 0 is everybody, component 0 every component. `named`: the message can name somebody. */
export type Target = { readonly sysid: number; readonly compid: number; readonly named: boolean };

export const everybody: Target = { sysid: 0, compid: 0, named: false };

/** A message that the dialect lacks is for everybody: nobody here can read whom it names. */
export function targetOf(message: MavMessage | undefined): Target {
  if (message === undefined) return everybody;
  if (message.name === "MANUAL_CONTROL") return { sysid: message.target, compid: 0, named: true };
  if (!("targetSystem" in message)) return everybody;
  const compid = "targetComponent" in message ? message.targetComponent : 0;
  return { sysid: message.targetSystem, compid, named: true };
}
