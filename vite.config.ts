import { readdirSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const root = join(import.meta.dirname, "renderer");
const pages = readdirSync(root).filter((name) => name.endsWith(".html"));

/** Chromium 130 is that of the oldest Electron this runs on (docs: Electron 33). */
export default defineConfig({
  root,
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome130",
    sourcemap: false,
    // The content security policy allows no data: and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: pages.map((name) => join(root, name)),
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            // A chunk of its own, so that public screens, which do not import it, do not load it either.
            { name: "antd", test: /node_modules[\\/](antd|@ant-design|@rc-component|@emotion)[\\/]/, priority: 2 },
          ],
        },
      },
    },
  },
});
