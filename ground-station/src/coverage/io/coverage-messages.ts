import type { CoverageAsk, CoverageNews } from "../coverage-engine.js";
import type { CoverageSetup } from "../coverage-work.js";

/** What the thread is made with: it builds its own world, since one that has methods cannot be handed over. */
export type ThreadSetup = { readonly config: CoverageSetup["config"]; readonly cityBytes: Uint8Array };
export type ThreadAsk = CoverageAsk;
export type ThreadNews = CoverageNews;
