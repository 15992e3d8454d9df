/** Shows the dialogs of papers with a hall in memory: node tests/preview/papers/serve.mjs, then open /?show=scan */
import react from "@vitejs/plugin-react";
import { join } from "node:path";
import { createServer } from "vite";

const project = join(import.meta.dirname, "../../..");
const server = await createServer({
  configFile: false,
  root: import.meta.dirname,
  cacheDir: join(project, ".cache/vite-preview-papers"),
  plugins: [react()],
  server: { port: Number(process.env.PORT ?? 5197), strictPort: true, fs: { allow: [project] } },
});
await server.listen();
server.printUrls();
