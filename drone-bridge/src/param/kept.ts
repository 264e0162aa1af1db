import type { Disk, Log } from "@outrider/contract";
import { x25 } from "@outrider/mavlink";
import type { ParamRow } from "./list.js";
import { paramTiming } from "./timing.js";

/** Every parameter of one aircraft as it was last listed. `hash`: its _HASH_CHECK then; undefined where it has none. */
export type ParamCopy = { readonly rows: readonly ParamRow[]; readonly hash: number | undefined };

/** Where the copy of one aircraft outlives the bridge. What cannot be read is no copy, and never an error. */
export type KeptCopy = {
  load(done: (copy: ParamCopy | undefined) => void): void;
  save(copy: ParamCopy): void;
};

const version = 1;
/** 8192 parameters take half of this. */
const mostBytes = 2 ** 20;

/**
 * One small file for each aircraft, replaced as a whole, one version of it: there are never more of them than aircraft in
 * the site's configuration. What it holds is worth something only while the aircraft's own hash says so, so that an old
 * one does no harm; nothing that a launch depends on is taken from it.
 */
export function keptCopy(disk: Disk, name: string, uid: string, log: Log): KeptCopy {
  let writing = false;
  let next: ParamCopy | undefined;
  const write = (copy: ParamCopy): void => {
    writing = true;
    disk.replace(name, encodeKept(uid, copy), (error) => {
      writing = false;
      if (error !== undefined)
        log("warn", "parameters could not be kept: they are read whole after the next start", {
          name,
          error: error.message,
        });
      const waiting = next;
      next = undefined;
      if (waiting !== undefined) write(waiting);
    });
  };
  return {
    load(done) {
      disk.read(name, (bytes) => {
        if (bytes === undefined) return done(undefined);
        const read = decodeKept(bytes, uid);
        if (read.kind === "unusable")
          log("warn", "kept parameters cannot be used: they are read from the aircraft", { name, why: read.why });
        done(read.kind === "copy" ? read.copy : undefined);
      });
    },
    // Two replacements at once would write into each other's new file.
    save(copy) {
      if (writing) next = copy;
      else write(copy);
    },
  };
}

/** A line with the checksum of the rest, then JSON. Numbers that JSON has not are written as words. */
export function encodeKept(uid: string, { rows, hash }: ParamCopy): Uint8Array {
  const told = rows.map(({ paramName, value, type, index }) => [
    ...[paramName, Number.isFinite(value) ? value : String(value), type, index],
  ]);
  const body = JSON.stringify({ version, uid, hash, rows: told });
  return text.encode(`${x25(text.encode(body))}\n${body}`);
}

export function decodeKept(
  bytes: Uint8Array,
  uid: string,
): { readonly kind: "copy"; readonly copy: ParamCopy } | { readonly kind: "unusable"; readonly why: string } {
  const unusable = (why: string) => ({ kind: "unusable", why }) as const;
  if (bytes.length > mostBytes) return unusable("it is too large");
  const lineEnd = bytes.indexOf(0x0a);
  const body = bytes.subarray(lineEnd + 1);
  const check = new TextDecoder().decode(bytes.subarray(0, Math.max(0, lineEnd)));
  if (lineEnd < 0 || check !== String(x25(body))) return unusable("it is damaged");
  const read = parsed(body);
  if (read === undefined) return unusable("it is damaged");
  if (Reflect.get(read, "version") !== version) return unusable("another version of the bridge wrote it");
  if (Reflect.get(read, "uid") !== uid) return unusable("it is another aircraft's");
  const hash: unknown = Reflect.get(read, "hash");
  const rows = rowsFrom(Reflect.get(read, "rows"));
  const hashOk = hash === undefined || (typeof hash === "number" && Number.isInteger(hash));
  return rows === undefined || !hashOk ? unusable("it is damaged") : { kind: "copy", copy: { rows, hash } };
}

function parsed(body: Uint8Array): object | undefined {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof read === "object" && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}

function rowsFrom(told: unknown): ParamRow[] | undefined {
  if (!Array.isArray(told) || told.length === 0 || told.length > paramTiming.mostParameters) return undefined;
  const rows: ParamRow[] = [];
  for (const each of told) {
    if (!Array.isArray(each) || each.length !== 4) return undefined;
    // Parsing boundary: an array of JSON, whose four parts are judged here.
    const [paramName, written, type, index] = each as readonly unknown[];
    const value = typeof written === "string" ? Number(written) : written;
    if (typeof paramName !== "string" || typeof value !== "number") return undefined;
    if (typeof type !== "number" || index !== rows.length) return undefined;
    rows.push({ paramName, value, type, index: rows.length });
  }
  return rows;
}

const text = new TextEncoder();
