import "./noEval.js";
import { createRoot } from "react-dom/client";
import "./theme/base.css";
import "./theme/desk.css";
import "./parts/parts.css";
import { Shell } from "./shell/index.js";
import { applyTheme } from "./theme/index.js";

applyTheme(document.documentElement, "night");
const host = document.getElementById("root");
if (host === null) throw new Error("index.html must have #root");
createRoot(host).render(<Shell />);
