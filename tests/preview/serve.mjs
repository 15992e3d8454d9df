/** Shows single screens with a hall in memory: node tests/preview/serve.mjs public|staff|papers, then open the address. */
import react from "@vitejs/plugin-react";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createServer } from "vite";

const name = process.argv[2] ?? "public";
const root = join(import.meta.dirname, name);
if (!existsSync(join(root, "index.html"))) throw new Error(`There is no preview "${name}": public, staff or papers.`);
const project = join(import.meta.dirname, "../..");
const server = await createServer({
  configFile: false,
  root,
  cacheDir: join(project, `.cache/vite-preview-${name}`),
  publicDir: join(project, "renderer/public"),
  plugins: [react()],
  server: { port: Number(process.env.PORT ?? 5199), strictPort: true, fs: { allow: [project] } },
});
await server.listen();
server.printUrls();
