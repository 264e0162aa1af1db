import { createRoot } from "react-dom/client";
import "./base.css";
import "./parts.css";
import "./scene.css";
import "./desk.css";
import { Shell } from "./shell/index.js";
import { applyTheme } from "./theme/index.js";

applyTheme(document.documentElement, "night");
const host = document.getElementById("root");
if (host === null) throw new Error("index.html must have #root");
createRoot(host).render(<Shell />);
