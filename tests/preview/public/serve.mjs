/** Shows single public screens with a hall in memory: node tests/preview/public/serve.mjs, then open the address. */
import react from "@vitejs/plugin-react";
import { join } from "node:path";
import { createServer } from "vite";

const project = join(import.meta.dirname, "../../..");
const server = await createServer({
  configFile: false,
  root: import.meta.dirname,
  cacheDir: join(project, ".cache/vite-preview-public"),
  publicDir: join(project, "renderer/public"),
  plugins: [react()],
  server: { port: Number(process.env.PORT ?? 5199), strictPort: true, fs: { allow: [project] } },
});
await server.listen();
server.printUrls();
