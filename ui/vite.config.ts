import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Production builds only the desks; `--mode gallery` builds the static page of parts and scene for tests and pictures. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "production"] },
  worker: { format: "es" },
  build: {
    outDir: mode === "gallery" ? "dist/gallery" : "dist/web",
    emptyOutDir: true,
    target: "es2022",
    // Inlined assets would need data: in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: resolve(import.meta.dirname, mode === "gallery" ? "gallery.html" : "index.html"),
    },
  },
}));
