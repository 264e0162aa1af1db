import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "@outrider/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signingKey } from "./read-setup.js";

const good = "5a".repeat(32);
let folder = "";
let said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outrider-key-"));
  said = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

type Key = NonNullable<Config["bridge"]["signing"]>["key"];
const keyOf = (key: Key) => signingKey({ policy: "required", key });

function file(text: string | undefined, mode = 0o600): { file: string } {
  const path = join(folder, "mavlink.key");
  if (text !== undefined) writeFileSync(path, text);
  if (text !== undefined) chmodSync(path, mode);
  return { file: path };
}

describe("the key that MAVLink frames are signed with (security test 7)", () => {
  it("is read from a file that only its owner can read, or from the environment", () => {
    expect(keyOf(file(`${good}\n`))).toEqual(new Uint8Array(32).fill(0x5a));
    vi.stubEnv("MAVLINK_KEY_OF_THIS_TEST", good);
    expect(keyOf({ env: "MAVLINK_KEY_OF_THIS_TEST" })).toEqual(new Uint8Array(32).fill(0x5a));
  });

  it.each<[string, () => Key, string]>([
    ["is not there", () => file(undefined), "no key at"],
    ["is readable by the group", () => file(good, 0o640), "chmod 600"],
    ["is readable by everybody", () => file(good, 0o644), "chmod 600"],
    ["is empty", () => file(""), "bridge.signing.key"],
    ["is all zeroes", () => file("00".repeat(32)), "bridge.signing.key"],
    ["is too short", () => file(good.slice(2)), "bridge.signing.key"],
    ["is no hexadecimal", () => file("z".repeat(64)), "bridge.signing.key"],
    ["is a variable that is not set", () => ({ env: "NO_SUCH_VARIABLE_OF_THIS_TEST" }), "is not set"],
  ])("stops the start where it %s, and the reason does not hold it", (_what, key, why) => {
    expect(() => keyOf(key())).toThrow("exit 2");
    expect(said.join("")).toContain(why);
    expect(said.join("")).not.toMatch(/5a5a|zzzz/);
  });
});
