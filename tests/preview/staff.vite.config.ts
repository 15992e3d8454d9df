import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Staff screens with a hall in memory: npx vite --config tests/preview/staff.vite.config.ts, then /staff.html?role=window */
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../../.cache/vite-staff-preview",
  plugins: [react()],
  server: { port: 5198, strictPort: true, fs: { allow: ["../.."] } },
});
