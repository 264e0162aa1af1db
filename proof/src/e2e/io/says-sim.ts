import type { Page } from "playwright-core";
import { check } from "./check.js";

/** The word stands on the screen wherever the page is scrolled to: nothing simulated may be taken for the sky. */
export async function saysSim(page: Page, where: string): Promise<void> {
  const words = page.getByText(/^SIM(ULATION)?$/);
  await words.first().waitFor({ timeout: 15_000 });
  await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)");
  const inView = await words.evaluateAll((nodes) =>
    nodes.some((node) => {
      const box = node.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
    }),
  );
  await page.evaluate("window.scrollTo(0, 0)");
  check(inView, `${where}: no SIM in view`);
}
