import {
  close,
  fdatasync,
  fstat,
  ftruncate,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  truncate,
  write,
  writeFile,
} from "node:fs";
import { dirname, resolve } from "node:path";
import type { AppendFile, Disk } from "@outrider/contract";

type Done = (error?: Error) => void;

/** Files below one folder, or at whole paths. An append is done once fdatasync says so; one that fails is taken back off the file. */
export function fileDisk(root: string): Disk {
  const at = (name: string): string => resolve(root, name);
  return {
    open(name, ready) {
      const path = at(name);
      mkdir(dirname(path), { recursive: true, mode: 0o700 }, (noFolder) => {
        if (noFolder !== null) return ready({ kind: "error", error: noFolder });
        open(path, "a+", 0o600, (error, handle) => {
          if (error !== null) return ready({ kind: "error", error });
          readFile(path, (unreadable, content) => {
            if (unreadable !== null) return ready({ kind: "error", error: unreadable });
            ready({ kind: "ok", content: new Uint8Array(content), file: appendFile(handle, path) });
          });
        });
      });
    },
    replace(name, bytes, done) {
      const path = at(name);
      writeFile(`${path}.new`, bytes, { mode: 0o600, flush: true }, (error) => {
        if (error !== null) return done(error);
        rename(`${path}.new`, path, (failed) => done(failed ?? undefined));
      });
    },
    read(name, done) {
      readFile(at(name), (error, content) => done(error === null ? new Uint8Array(content) : undefined));
    },
    truncate(name, length, done) {
      truncate(at(name), length, (error) => done(error ?? undefined));
    },
    remove(name, done) {
      rm(at(name), { force: true }, (error) => done(error ?? undefined));
    },
  };
}

/**
 * Appends one after the other: two at once could land in either order. The disk is asked for the length before the first
 * only, since whoever opened the file may have cut it; then it is counted, so that an order does not wait for an answer.
 */
function appendFile(handle: number, path: string): AppendFile {
  let lengthBytes: number | undefined;
  const waiting: { bytes: Uint8Array; done: Done }[] = [];
  let busy = false;
  let closed = false;

  function next(): void {
    const job = waiting.shift();
    if (job === undefined) {
      busy = false;
      if (closed) close(handle, () => undefined);
      return;
    }
    busy = true;
    const finish = (failed?: Error): void => {
      job.done(failed);
      next();
    };
    const write = (length: number | undefined): void =>
      writeAll(handle, job.bytes, 0, (error) => {
        lengthBytes = error === undefined && length !== undefined ? length + job.bytes.length : undefined;
        // Half a record in the middle of a file would spoil the next one too.
        if (error === undefined || length === undefined) return finish(error);
        ftruncate(handle, length, () => finish(error));
      });
    if (lengthBytes === undefined) readLength(handle, write);
    else write(lengthBytes);
  }

  return {
    append(bytes, done) {
      if (closed) return done(new Error(`${path} is closed`));
      waiting.push({ bytes, done });
      if (!busy) next();
    },
    close() {
      closed = true;
      if (!busy) close(handle, () => undefined);
    },
  };
}

function writeAll(handle: number, bytes: Uint8Array, from: number, done: Done): void {
  write(handle, bytes, from, bytes.length - from, null, (error, written) => {
    if (error !== null) return done(error);
    if (from + written < bytes.length) return writeAll(handle, bytes, from + written, done);
    fdatasync(handle, (failed) => done(failed ?? undefined));
  });
}

function readLength(handle: number, then: (length: number | undefined) => void): void {
  fstat(handle, (error, stats) => then(error === null ? stats.size : undefined));
}
