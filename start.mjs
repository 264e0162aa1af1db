// The one starter. Plain JavaScript with Node's own modules only, because it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
process.chdir(root);
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(
    `Outrider needs Node 20 or newer; this is ${process.version}. Install a newer Node and run the command again.`,
  );
  process.exit(1);
}

const say = (text) => process.stdout.write(`${text}\n`);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const bin = (name) => join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

function must(what, command, args, options = {}) {
  const result = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  if (result.status === 0) return;
  console.error(`${what} failed (${command} ${args.join(" ")}). Its output stands above.`);
  process.exit(result.status ?? 1);
}

function fileHash(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/** Of every built file below: a city made by an older importer is made again. */
function folderHash(folder) {
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".js") && !name.includes(".test."));
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(fileHash(join(folder, name)));
  return hash.digest("hex");
}

function stampIs(path, value) {
  return existsSync(path) && readFileSync(path, "utf8") === value;
}

function install() {
  const stamp = join(root, "node_modules", ".outrider-installed");
  const wanted = fileHash("package-lock.json");
  if (stampIs(stamp, wanted)) return;
  say("Installing libraries (once, about a minute) ...");
  must("Installing", npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, wanted);
}

/** Newest change below a folder: what the user interface's build is compared with. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

function build() {
  must("Building", process.execPath, [bin("tsc"), "-b"]);
  const page = "ui/dist/web/index.html";
  const changed = Math.max(newest("ui"), newest("libs"));
  if (existsSync(page) && statSync(page).mtimeMs > changed) return;
  say("Building the screens ...");
  must("Building the screens", npm, ["run", "--silent", "build", "-w", "@outrider/ui"]);
}

/** Keys of this installation: made once, readable by its owner only, never in the repository. */
function secrets() {
  mkdirSync("data/keys", { recursive: true, mode: 0o700 });
  for (const name of ["bridge.token", "sim.token", "demo-cad.key", "demo-shots.key", "demo-readers.key"]) {
    const path = join("data/keys", name);
    if (existsSync(path)) continue;
    writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600 });
    chmodSync(path, 0o600);
  }
  orderKeys("data/keys/station-order.key", "data/keys/station-order.pub");
}

/** With the private half the station signs its orders; the bridge gets the public half alone. */
function orderKeys(privateFile, publicFile) {
  if (existsSync(privateFile) && existsSync(publicFile)) return;
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  writeFileSync(privateFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  chmodSync(privateFile, 0o600);
  writeFileSync(publicFile, publicKey.export({ type: "spki", format: "pem" }), { mode: 0o644 });
  chmodSync(publicFile, 0o644);
}

async function demoCity() {
  const path = "data/city/san-francisco.json";
  const importer = join(root, "sim/dist/city/io/import-demo-city.js");
  const wanted = folderHash(join(root, "sim/dist/city"));
  if (existsSync(path) && stampIs(`${path}.from`, wanted)) return;
  say("Importing the demo's city from OpenStreetMap tiles (once) ...");
  mkdirSync(dirname(path), { recursive: true });
  const { importDemoCity } = await import(importer);
  await importDemoCity(join(root, path));
  writeFileSync(`${path}.from`, wanted);
}

const parts = {
  "ground-station": "ground-station/dist/app/io/main.js",
  "drone-bridge": "drone-bridge/dist/app/io/main.js",
  sim: "sim/dist/app/io/main.js",
};

function startPart(name, args) {
  const child = spawn(process.execPath, [join(root, parts[name]), ...args], { stdio: ["ignore", "inherit", "pipe"] });
  const log = join(root, "data", `${name}.log`);
  let last = "";
  child.stderr.on("data", (chunk) => {
    writeFileSync(log, chunk, { flag: "a" });
    last = `${last}${chunk}`.slice(-2_000);
  });
  child.on("exit", (code, signal) => {
    if (stopping) return;
    // A part that died is told, never quietly replaced: the others go on, and aircraft follow their own failsafe.
    const why = last.trimEnd().split("\n").slice(-6).join("\n");
    if (code !== 0 && why !== "") say(why);
    say(`${name} ended (${signal ?? `code ${code}`}). Its log: data/${name}.log. Start it alone with: npm run ${name}`);
  });
  return child;
}

let stopping = false;

async function prepare() {
  install();
  build();
  secrets();
  await demoCity();
}

async function start(config) {
  await prepare();
  const children = Object.keys(parts).map((name) => startPart(name, [config]));
  const stop = () => {
    stopping = true;
    for (const child of children) child.kill("SIGTERM");
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function run(file, args) {
  const result = spawnSync(process.execPath, [join(root, file), ...args], { stdio: "inherit" });
  process.exitCode = result.status ?? 1;
}

const [command = "start", ...rest] = process.argv.slice(2);
const config = process.env.OUTRIDER_CONFIG ?? "outrider.yaml";
if (command === "start") await start(rest[0] ?? config);
else if (command === "prepare") await prepare();
else if (command in parts) {
  await prepare();
  startPart(command, rest.length > 0 ? rest : [config]).stderr.pipe(process.stderr);
} else if (command === "test") {
  install();
  build();
  secrets();
  await demoCity();
  run("proof/dist/all-tests/io/main.js", rest);
} else if (["storm", "prove", "bench", "e2e", "fuzz", "soak", "scenario", "compare"].includes(command)) {
  await prepare();
  run(`proof/dist/${command}/io/main.js`, rest);
} else if (command === "test:px4") {
  await prepare();
  const vitest = spawnSync("npx", ["vitest", "run", "--project", "int", "proof/src/px4", ...rest], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = vitest.status ?? 1;
} else if (command === "city") {
  install();
  build();
  run("sim/dist/city/io/main.js", rest);
} else if (["call", "shots", "pursuit"].includes(command)) {
  await prepare();
  run("sim/dist/app/io/post-demo.js", [command, ...rest]);
} else {
  console.error(
    `Unknown command ${command}. Known: start, test, prepare, ground-station, drone-bridge, sim, storm, prove, bench, e2e, fuzz, soak, scenario, compare, test:px4, city, call, shots, pursuit.`,
  );
  process.exitCode = 2;
}
