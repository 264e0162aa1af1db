import type { Locator, Page } from "playwright-core";
import { until } from "../../rig/io/demo-rig.js";
import { check, pause } from "./check.js";
import type { Tap } from "./page-tap.js";
import { saysSim } from "./says-sim.js";

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
    await saysSim(this.page, "the sign-in page");
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
    clearInterval(this.#stir);
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

  /** Waits until the card in front says all of this, and returns its whole text. */
  async cardSays(words: readonly (string | RegExp)[], withinMs = 10_000): Promise<string> {
    let text = "";
    const says = (word: string | RegExp): boolean => (typeof word === "string" ? text.includes(word) : word.test(text));
    await until(`the card says ${words.join(" and ")}`, withinMs, async () => {
      text =
        (await this.card().count()) === 0
          ? ""
          : await this.card()
              .first()
              .innerText({ timeout: 1_000 })
              .catch(() => "");
      return words.every(says);
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}; it says: ${text || "nothing, there is no card"}`);
    });
    return text;
  }

  strip(callSign: string): Locator {
    return this.page
      .getByRole("complementary", { name: "Aircraft" })
      .getByRole("listitem")
      .filter({ hasText: callSign });
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

  /** What the live wire brought to this page, without the rows themselves. */
  async tap(): Promise<Omit<Tap, "rows">> {
    return this.page.evaluate(() => {
      if (window.outriderTap === undefined) throw new Error("the page has no tap on its socket");
      const { rows: _, ...told } = window.outriderTap;
      return told;
    });
  }

  /** How many rows of this aircraft have come since the page was opened. */
  async heard(uid: string): Promise<{ readonly rows: number; readonly atMs: number }> {
    return this.page.evaluate((id) => {
      const tap = window.outriderTap;
      return { rows: tap?.count[tap.handles[id] ?? -1] ?? 0, atMs: performance.now() };
    }, uid);
  }

  /** The link age that the strip shows, beside the one that the wire says, each pair at one moment. */
  async linkAges(callSign: string, uid: string, count: number): Promise<readonly ShownAge[]> {
    const strip = this.strip(callSign).first();
    return strip.evaluate(readAges, { uid, count, everyMs: 200 });
  }
}

export type ShownAge = {
  readonly shownS: number;
  readonly wireS: number;
  readonly word: string;
  readonly stallMs: number;
};

/** Runs in the page, so that a slow machine between here and there does not count. */
async function readAges(
  strip: Element,
  { uid, count, everyMs }: { uid: string; count: number; everyMs: number },
): Promise<readonly ShownAge[]> {
  const ages: ShownAge[] = [];
  const label = /^(link (age|late|lost)|no data yet)$/;
  let dueMs = performance.now();
  while (ages.length < count) {
    const stallMs = performance.now() - dueMs;
    const spans = [...strip.querySelectorAll("span")];
    const value = spans.find((one) => label.test(one.textContent ?? ""));
    const handle = window.outriderTap?.handles[uid];
    const row = window.outriderTap?.rows.findLast((one) => one.handle === handle);
    ages.push({
      shownS: Number.parseFloat(value?.parentElement?.querySelector("b")?.textContent ?? ""),
      wireS: row === undefined ? Number.NaN : (row.linkAgeMs + performance.now() - row.atMs) / 1000,
      word: value?.textContent ?? "",
      stallMs,
    });
    dueMs = performance.now() + everyMs;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return ages;
}
