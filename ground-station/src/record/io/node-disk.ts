import { close, fdatasync, fsync, ftruncate, mkdirSync, open, readFile, rename, write, writeFile } from "node:fs";
import { join, sep } from "node:path";
import type { AppendFile, Disk } from "@outrider/contract";

/** The Disk port on real files under one folder. Names are ours, never a user's; anything that leaves the folder is refused. */
export function nodeDisk(dir: string): Disk {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const pathOf = (name: string): string => {
    const path = join(dir, name);
    if (!path.startsWith(dir.endsWith(sep) ? dir : dir + sep)) throw new Error(`${name} leaves the record's folder`);
    return path;
  };
  return {
    open: (name, ready) => openFile(pathOf(name), dir, ready),
    read: (name, done) => readFile(pathOf(name), (error, bytes) => done(error ? undefined : bytes)),
    replace: (name, bytes, done) => replaceFile(pathOf(name), dir, bytes, done),
    truncate: (name, length, done) =>
      open(pathOf(name), "r+", (openError, fd) => {
        if (openError) return done(openError);
        ftruncate(fd, length, (cutError) =>
          fdatasync(fd, (syncError) => close(fd, () => done(cutError ?? syncError ?? undefined))),
        );
      }),
  };
}

function openFile(path: string, dir: string, ready: Parameters<Disk["open"]>[1]): void {
  open(path, "a+", 0o600, (openError, fd) => {
    if (openError) return ready({ kind: "error", error: openError });
    readFile(path, (readError, content) => {
      if (readError) return ready({ kind: "error", error: readError });
      // The name itself must survive a power cut, or a new file's facts would go with it.
      syncFolder(dir, () => ready({ kind: "ok", content, file: appendFile(fd) }));
    });
  });
}

function appendFile(fd: number): AppendFile {
  const writeAll = (bytes: Uint8Array, from: number, done: (error?: Error) => void): void => {
    write(fd, bytes, from, bytes.byteLength - from, null, (error, written) => {
      if (error) return done(error);
      if (from + written < bytes.byteLength) return writeAll(bytes, from + written, done);
      fdatasync(fd, (syncError) => done(syncError ?? undefined));
    });
  };
  return { append: (bytes, done) => writeAll(bytes, 0, done), close: () => close(fd, () => undefined) };
}

function replaceFile(path: string, dir: string, bytes: Uint8Array, done: (error?: Error) => void): void {
  const next = `${path}.next`;
  writeFile(next, bytes, { mode: 0o600, flush: true }, (writeError) => {
    if (writeError) return done(writeError);
    rename(next, path, (renameError) => {
      if (renameError) return done(renameError);
      syncFolder(dir, () => done());
    });
  });
}

/** A folder that cannot be opened for it (some systems) loses nothing but the certainty of a new file's name. */
function syncFolder(dir: string, done: () => void): void {
  open(dir, "r", (error, fd) => {
    if (error) return done();
    fsync(fd, () => close(fd, done));
  });
}
