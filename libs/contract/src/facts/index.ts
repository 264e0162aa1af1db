import { z } from "zod";
import { type Actor, actor, type Provenance, provenance } from "../actor.js";
import { cameraFacts } from "./camera-facts.js";
import { bridgeFacts, controlFacts } from "./flight-facts.js";
import { incidentFacts } from "./incident-facts.js";
import { launchFacts } from "./launch-facts.js";
import { peopleFacts } from "./people-facts.js";
import { sightingFacts } from "./sighting-facts.js";
import { skyFacts } from "./sky-facts.js";
import { trainingFacts } from "./training-facts.js";

export type { CameraAim, CameraTowards } from "./camera-facts.js";
export type { LaunchChoice, LaunchLoser, LaunchPolicy } from "./launch-facts.js";
export { launchChoice, launchLoser, launchPolicy } from "./launch-facts.js";
export { check } from "./sighting-facts.js";

export const factSchemas = {
  ...incidentFacts,
  ...launchFacts,
  ...bridgeFacts,
  ...controlFacts,
  ...peopleFacts,
  ...sightingFacts,
  ...trainingFacts,
  ...skyFacts,
  ...cameraFacts,
} as const;

export type FactName = keyof typeof factSchemas;
export type BridgeFactName = keyof typeof bridgeFacts;
export const bridgeFactNames: ReadonlySet<string> = new Set(Object.keys(bridgeFacts));
export type FactData<N extends FactName = FactName> = z.infer<(typeof factSchemas)[N]>;

/** What a decider yields: not yet numbered, not yet durable. */
export type NewFactOf<N extends FactName> = { readonly type: N; readonly data: FactData<N>; readonly by: Actor };
export type NewFact = { [N in FactName]: NewFactOf<N> }[FactName];

type Envelope = {
  /** Position in the one record of this station; gap-free from 1. */
  readonly seq: number;
  readonly id: string;
  /** Run time, Unix ms. */
  readonly tMs: number;
  readonly prov: Provenance;
  readonly runId?: string | undefined;
  /** Where it was first written, when that was not here: the bridge's journal and its sequence there. */
  readonly origin?: { readonly part: string; readonly seq: number } | undefined;
};

/** One thing that happened, as the record holds it. */
export type FactOf<N extends FactName> = Envelope & NewFactOf<N>;
export type Fact = { [N in FactName]: FactOf<N> }[FactName];

/** Builds a fact with its type and data checked against each other. */
export function newFact<N extends FactName>(type: N, data: FactData<N>, by: Actor): NewFactOf<N> {
  return { type, data, by };
}

const envelope = z.object({
  seq: z.int().nonnegative(),
  id: z.string(),
  type: z.string(),
  tMs: z.number(),
  by: actor,
  prov: provenance,
  runId: z.string().optional(),
  origin: z.strictObject({ part: z.string(), seq: z.int() }).optional(),
  data: z.unknown(),
});

/** Reads a fact from outside this process (journal, bridge wire, export). */
export function parseFact(value: unknown): { kind: "ok"; fact: Fact } | { kind: "bad"; problem: string } {
  const outer = envelope.safeParse(value);
  if (!outer.success) return { kind: "bad", problem: `not a fact: ${z.prettifyError(outer.error)}` };
  const schema: z.ZodType | undefined = Object.hasOwn(factSchemas, outer.data.type)
    ? factSchemas[outer.data.type as FactName]
    : undefined;
  if (schema === undefined)
    return { kind: "bad", problem: `unknown fact type ${outer.data.type}: written by a newer version?` };
  const data = schema.safeParse(outer.data.data);
  if (!data.success) return { kind: "bad", problem: `${outer.data.type}: ${z.prettifyError(data.error)}` };
  // The two checks above are exactly what the union says; TypeScript cannot pair name and data by itself.
  return { kind: "ok", fact: { ...outer.data, data: data.data } as Fact };
}
