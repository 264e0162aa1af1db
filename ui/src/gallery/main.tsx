import "../noEval.js";
import type { CityFile } from "@outrider/contract";
import { createRoot } from "react-dom/client";
import "../base.css";
import "../parts.css";
import "../scene.css";
import "../desk.css";
import { applyTheme, type ThemeName } from "../theme/index.js";
import { cityFromFile } from "../world/index.js";
import { PartsPage } from "./PartsPage.js";
import { ScenePage } from "./ScenePage.js";
import "./gallery.css";

/** A page of every part and of the scene with fixed data: for pictures, contrast and accessibility checks. */
async function show(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const theme: ThemeName = query.get("theme") === "day" ? "day" : query.get("theme") === "dim" ? "dim" : "night";
  applyTheme(document.documentElement, theme);
  const host = document.getElementById("root");
  if (host === null) throw new Error("gallery.html must have #root");
  if (query.get("show") === "parts") return createRoot(host).render(<PartsPage />);
  const answer = await fetch("/city.json");
  const city = cityFromFile((await answer.json()) as CityFile); // The gallery's own test data.
  createRoot(host).render(<ScenePage city={city} theme={theme} px={Number(query.get("px") ?? 4096)} />);
}

void show();
