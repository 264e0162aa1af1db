import type { Locator, Page } from "playwright-core";
import { until } from "../../rig/io/demo-rig.js";
import { check, pause } from "./check.js";
import type { Tap } from "./page-tap.js";

/** A person in front of one page: finds things by what is written on them, and uses mouse and keys only. */
export class Seat {
  readonly page: Page;
  readonly #base: string;
  #stir: ReturnType<typeof setInterval> | undefined;

  constructor(page: Page, base: string) {
    this.page = page;
    this.#base = base;
  }

  async signIn(as: string, path = "/"): Promise<void> {
    await this.page.goto(`${this.#base}${path}`);
    await this.page.getByRole("button", { name: as }).click();
    await this.page.getByRole("button", { name: "Desks" }).waitFor({ timeout: 20_000 });
  }

  /** Sound heard, list read: what the desk demands before a watch. */
  async startWatch(): Promise<void> {
    const form = this.page.getByRole("region", { name: "Start the watch" });
    const start = form.getByRole("button", { name: "Start the watch" });
    check(await start.isDisabled(), "a watch could be started without the sound test and the reading");
    await form.getByRole("button", { name: "Play the test" }).click();
    const heard = form.getByRole("button", { name: "I heard all three" });
    await until("the sound test ends", 12_000, async () => heard.isEnabled());
    await heard.click();
    await form.getByRole("button", { name: "I have read these" }).click();
    await start.click();
    await form.waitFor({ state: "detached", timeout: 10_000 });
  }

  /** Moves the mouse now and then, as a person at a screen does: presence is counted from it. */
  stirring(): void {
    let n = 0;
    this.#stir = setInterval(() => {
      n = (n + 1) % 8;
      this.page.mouse.move(700 + n, 400 + n).catch(() => undefined);
    }, 1_500);
  }

  leave(): void {
    clearInterval(this.#stir);
  }

  card(): Locator {
    return this.page.getByRole("region", { name: /^Proposed launch/ });
  }

  strip(callSign: string): Locator {
    return this.page.getByRole("complementary", { name: "Aircraft" }).getByRole("listitem").filter({ hasText: callSign });
  }

  alarms(): Locator {
    return this.page.getByRole("log", { name: "Alarms" });
  }

  /** Holds a key down as long as a hand would. */
  async hold(key: string, ms: number): Promise<void> {
    await this.page.keyboard.down(key);
    await pause(ms);
    await this.page.keyboard.up(key);
  }

  /** Waits until the strip says one of these phases, and returns what it says. */
  async phase(callSign: string, words: RegExp, withinMs: number): Promise<string> {
    let said = "";
    await until(`${callSign}'s strip says ${words} (says "${said}")`, withinMs, async () => {
      said = await this.stripText(callSign);
      return words.test(said);
    });
    return said;
  }

  async stripText(callSign: string): Promise<string> {
    const strip = this.strip(callSign).first();
    return (await strip.count()) === 0 ? "" : strip.innerText({ timeout: 2_000 }).catch(() => "");
  }

  async tap(): Promise<Tap> {
    const tap = await this.page.evaluate(() => window.outriderTap);
    if (tap === undefined) throw new Error("the page has no tap on its socket");
    return tap;
  }

  /** The link age that the strip shows, beside the one that the wire says, both at one moment. */
  async linkAge(callSign: string, uid: string): Promise<{ shownS: number; wireS: number; word: string }> {
    const strip = this.strip(callSign).first();
    return strip.evaluate((element, id) => {
      const value = [...element.querySelectorAll("span")].find((one) => /^(link (age|late|lost)|no data yet)$/.test(one.textContent ?? ""));
      const shown = Number.parseFloat(value?.parentElement?.querySelector("b")?.textContent ?? "");
      const tap = window.outriderTap;
      const handle = tap?.handles[id];
      const row = tap?.rows.filter((one) => one.handle === handle).at(-1);
      const wire = row === undefined ? Number.NaN : (row.linkAgeMs + performance.now() - row.atMs) / 1000;
      return { shownS: shown, wireS: wire, word: value?.textContent ?? "" };
    }, uid);
  }
}
