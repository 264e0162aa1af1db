export { type BuildingMesh, buildingMesh } from "./buildingMesh.js";
export { FillBatch } from "./fillBatch.js";
export { type GroundMesh, groundMesh } from "./groundMesh.js";
export { applyPalette, type HazeUniforms, hazeUniforms } from "./hazeGlsl.js";
export { LineBatch, type LineStyle, type LineUniforms, lineUniforms, type Rgba, TRAIL_FADE_S } from "./lineBatch.js";
export { type SkyMesh, skyMesh } from "./skyMesh.js";
export { SYMBOLS, SymbolBatch, type SymbolKind } from "./symbolBatch.js";
export { type TreeMesh, treeMesh } from "./treeMesh.js";
