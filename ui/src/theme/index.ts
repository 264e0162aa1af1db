export { AGE_LIMITS, type AgeLimit, type Freshness, freshness, type Stream } from "./ageLimits.js";
export { applyTheme } from "./applyTheme.js";
export { contrast, displayRgb, distance, type Sight } from "./colour.js";
export { SCENE_PALETTE, type ScenePalette } from "./scenePalette.js";
export { cssVariable, type ThemeName, TOKENS, type Tokens, themeVariables } from "./tokens.js";
