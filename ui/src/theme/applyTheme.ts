import { type ThemeName, themeVariables } from "./tokens.js";

/** Writes the tokens on the root element. Through the CSSOM, since the policy forbids inline style text. */
export function applyTheme(root: HTMLElement, theme: ThemeName): void {
  for (const [name, value] of themeVariables(theme)) root.style.setProperty(name, value);
  root.dataset["theme"] = theme;
  root.style.colorScheme = theme === "day" ? "light" : "dark";
}
