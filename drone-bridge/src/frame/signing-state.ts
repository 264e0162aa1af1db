import type { Disk } from "@outrider/contract";

/** What signing must remember over a restart. The key is not part of it. */
export type SigningState = {
  /** Every timestamp up to this one may have been used. */
  readonly reservedUntil: number;
  /** Systems that have signed: unsigned frames in their name are forged. */
  readonly signers: readonly number[];
};

export type SigningStore = {
  load(done: (loaded: { kind: "ok"; state: SigningState } | { kind: "error"; error: Error }) => void): void;
  save(state: SigningState, done: (error?: Error) => void): void;
};

type Done = (error?: Error) => void;

/**
 * In one small file, replaced as a whole. One replacement at a time: two at once write into each other's new file, and
 * the later one may be the older. Of those that wait only the last is written, and tells for all.
 */
export function signingStore(disk: Disk, name: string): SigningStore {
  let writing = false;
  let next: { readonly state: SigningState; readonly tell: Done[] } | undefined;
  const write = (state: SigningState, tell: readonly Done[]): void => {
    writing = true;
    disk.replace(name, new TextEncoder().encode(JSON.stringify(state)), (error) => {
      writing = false;
      const after = next;
      next = undefined;
      if (after !== undefined) write(after.state, after.tell);
      for (const done of tell) done(error);
    });
  };
  return {
    load(done) {
      disk.read(name, (bytes) => {
        if (bytes === undefined) return done({ kind: "ok", state: { reservedUntil: 0, signers: [] } });
        const state = stateFrom(new TextDecoder().decode(bytes));
        if (state !== undefined) return done({ kind: "ok", state });
        const problem = `${name} is damaged, so that it is not known which timestamps were used. Remove it only while this machine's clock is right`;
        done({ kind: "error", error: new Error(problem) });
      });
    },
    save(state, done) {
      if (!writing) return write(state, [done]);
      next = { state, tell: [...(next?.tell ?? []), done] };
    },
  };
}

function stateFrom(text: string): SigningState | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== "object" || read === null) return undefined;
  const reservedUntil: unknown = Reflect.get(read, "reservedUntil");
  const signers: unknown = Reflect.get(read, "signers");
  if (typeof reservedUntil !== "number" || !Number.isSafeInteger(reservedUntil) || reservedUntil < 0) return undefined;
  if (!Array.isArray(signers)) return undefined;
  const sysids = signers.map(Number);
  return sysids.every((sysid) => Number.isInteger(sysid)) ? { reservedUntil, signers: sysids } : undefined;
}
