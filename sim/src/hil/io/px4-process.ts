import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export type Px4Program = { readonly bin: string; readonly etc: string };

export type Px4ProcessOptions = Px4Program & {
  readonly instance: number;
  /** Parameters, missions and log of this instance. */
  readonly folder: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly onExit: (why: string) => void;
};

export type Px4Process = { readonly logFile: string; stop(done?: () => void): void };

/** The program with its `etc` folder, or a sentence that says what is missing. */
export function px4Program(bin: string, etc?: string): Px4Program | string {
  const program = resolve(bin);
  if (!existsSync(program)) return `there is no px4 program at ${program}`;
  const folder = resolve(etc ?? join(dirname(program), "..", "etc"));
  if (!existsSync(join(folder, "init.d-posix", "rcS"))) return `${folder} is not PX4's etc folder: name it (px4.etc)`;
  return { bin: program, etc: folder };
}

/**
 * A PX4 that lost its simulator spins on a whole core for ever and is deaf to all. So it lives under a shell that holds
 * a pipe of ours: when the pipe ends, by our word or by our death, the shell ends PX4.
 */
const keeper = `exec 3<&0
"$0" "$@" >"$PX4_LOG" 2>&1 </dev/null 3<&- & p=$!
( cat <&3 >/dev/null; kill -TERM $p; sleep 2; kill -KILL $p ) >/dev/null 2>&1 & w=$!
exec 3<&-
wait $p; c=$?
kill $w 2>/dev/null
exit $c`;

/** Starts one PX4 SITL that waits for an outside simulator (airframe none_iris) on TCP 4560 + instance. */
export function startPx4(o: Px4ProcessOptions): Px4Process {
  mkdirSync(o.folder, { recursive: true });
  const logFile = join(o.folder, "px4.log");
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  const environment: Record<string, string | undefined> = {
    PATH,
    HOME,
    TMPDIR,
    LANG,
    HEADLESS: "1",
    PX4_LOG: logFile,
    PX4_SIM_MODEL: "none_iris",
  };
  for (const [name, value] of Object.entries(o.parameters)) environment[`PX4_PARAM_${name}`] = String(value);
  // Its environment is ours cut down: keys that came to the simulator by the environment are none of its business.
  const child: ChildProcess = spawn(
    "/bin/sh",
    ["-c", keeper, o.bin, "-i", String(o.instance), "-d", o.etc, "-w", o.folder],
    { cwd: o.folder, stdio: ["pipe", "ignore", "ignore"], env: environment },
  );
  child.stdin?.on("error", () => undefined);
  let stopped = false;
  child.on("error", (error) => o.onExit(error.message));
  child.on("exit", (code, signal) => {
    if (!stopped) o.onExit(`ended (${signal ?? `code ${code}`})`);
  });
  return {
    logFile,
    stop: (done) => {
      stopped = true;
      if (done !== undefined) child.once("exit", done);
      child.stdin?.end();
    },
  };
}
