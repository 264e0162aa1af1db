import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { root } from "../../rig/io/demo-rig.js";
import { pageTap } from "./page-tap.js";

const shots = join(root, "out", "e2e");

/** Where the browser is: `CHROMIUM`, or where systems put it. */
export function browserPath(): string | undefined {
  const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return places.find((path) => path !== undefined && path !== "" && existsSync(path));
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  mkdirSync(shots, { recursive: true });
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

/** One line for each thing a browser complained of, with what page and where from. */
export type Complaints = { readonly lines: string[] };

export async function openContext(
  browser: Browser,
  complaints: Complaints,
  size: { readonly width: number; readonly height: number; readonly mobile?: boolean },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    ...(size.mobile === true ? { isMobile: true, hasTouch: true } : {}),
    serviceWorkers: "block",
    permissions: [],
  });
  await context.addInitScript(pageTap);
  context.on("page", (page) => listen(page, complaints));
  return context;
}

function listen(page: Page, { lines }: Complaints): void {
  const add = (text: string): void => {
    if (lines.length < 500) lines.push(text);
  };
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning" && !message.text().startsWith("CSP ")) return;
    const { url, lineNumber } = message.location();
    add(`${message.type()}: ${message.text()} (${new URL(page.url()).pathname}; ${url}:${lineNumber})`);
  });
  page.on("pageerror", (error) => add(`uncaught: ${error.stack ?? error.message} (${page.url()})`));
}

/** A picture of a stage, for whoever reads the report. */
export async function shoot(page: Page, name: string): Promise<string> {
  const path = join(shots, `${name}.png`);
  await page.screenshot({ path, timeout: 15_000 }).catch(() => undefined);
  return path;
}
