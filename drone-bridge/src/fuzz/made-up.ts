import { codecNamed, type Dice, type MavMessage, type MessageName } from "@outrider/mavlink";

export const whole = (dice: Dice, below: number): number => Math.floor(dice() * below);
export const oneOf = <T>(dice: Dice, things: readonly T[]): T => {
  const thing = things[whole(dice, things.length)];
  if (thing === undefined) throw new Error("nothing to choose from");
  return thing;
};

/** A message of this name with any bytes in it: what a broken or hostile peer may send with a right checksum. */
export function madeUp(name: MessageName, dice: Dice): MavMessage {
  const codec = codecNamed(name);
  if (codec === undefined) throw new Error(`no codec for ${name}`);
  const bytes = new Uint8Array(codec.maxLength);
  // Many small numbers: sizes, indices and sequence numbers that nearly fit find more than noise does.
  const small = dice() < 0.6;
  for (let n = 0; n < bytes.length; n++) bytes[n] = small && dice() < 0.7 ? 0 : whole(dice, small ? 6 : 256);
  const out = codec.blank();
  codec.decode(new DataView(bytes.buffer), 0, bytes.length, out);
  return out;
}
