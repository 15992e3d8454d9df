/** Shows single staff screens with a hall in memory: node tests/preview/staff/serve.mjs, then open /?role=window */
import react from "@vitejs/plugin-react";
import { join } from "node:path";
import { createServer } from "vite";

const project = join(import.meta.dirname, "../../..");
const server = await createServer({
  configFile: false,
  root: import.meta.dirname,
  cacheDir: join(project, ".cache/vite-preview-staff"),
  plugins: [react()],
  server: { port: Number(process.env.PORT ?? 5198), strictPort: true, fs: { allow: [project] } },
});
await server.listen();
server.printUrls();
