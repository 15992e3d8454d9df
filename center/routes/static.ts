import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built screens under /app/, so that they run in a browser as well. */
export const staticRoutes = async (app: FastifyInstance, rendererDir: string): Promise<void> => {
  await app.register(fastifyStatic, {
    root: rendererDir,
    prefix: "/app/",
    // Names in assets/ carry a hash of their content; the pages themselves must be asked for again after an update.
    setHeaders: (reply, path) => {
      void reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
};
