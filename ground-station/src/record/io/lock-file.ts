import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";

/**
 * Keeps two processes from opening one record. A lock left by a process that is gone is taken over.
 * @throws Error naming the holder
 */
export function takeLock(path: string, pid: number): () => void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const fd = openSync(path, "wx", 0o600);
      writeSync(fd, String(pid));
      closeSync(fd);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const holder = Number.parseInt(readFileSync(path, "utf8"), 10);
      if (isAlive(holder) && holder !== pid)
        throw new Error(`${path} is held by process ${holder}: another station uses this record. Stop it first.`);
      rmSync(path, { force: true });
    }
  }
  throw new Error(`${path} cannot be taken: another process keeps creating it`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
