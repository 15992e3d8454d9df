import { createReadStream } from "node:fs";
import type { FastifyInstance } from "fastify";
import { releaseAskSchema, RELEASES_PATH } from "../../shared/contract/releases.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import { versionSchema } from "../../shared/domain/releases/version.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { bearerDevice } from "../routes/bearer.ts";
import { parseBody } from "../routes/device-limits.ts";
import { rangeOf } from "../routes/range.ts";
import type { ReleaseStore } from "./release-store.ts";

/** What of a release's file is to be sent: all of it, or what a terminal or hall has not got yet. */
export const sendReleaseFile = async (
  releases: ReleaseStore,
  version: unknown,
  range: string | undefined,
): Promise<{
  readonly status: 200 | 206;
  readonly headers: Record<string, string>;
  readonly body: NodeJS.ReadableStream;
}> => {
  const parsed = versionSchema.safeParse(version);
  const release = parsed.success ? await releases.find(parsed.data) : undefined;
  if (!release || !(await releases.files.has(release.file))) throw apiError("not_found");
  const { size } = release.file;
  const [from, to] = rangeOf(range, size);
  if (from >= to) throw apiError("bad_request", { field: "range" });
  return {
    status: to - from < size ? 206 : 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(to - from),
      "content-range": `bytes ${String(from)}-${String(to - 1)}/${String(size)}`,
      "cache-control": "no-store",
    },
    body: createReadStream(releases.files.pathOf(release.version), { start: from, end: to - 1 }),
  };
};

/** How terminals get their next version. Whom a release reaches is decided here; whether to believe it, at the terminal. */
export const releaseRoutes = (app: FastifyInstance, { database, releases }: CenterContext): void => {
  app.post(RELEASES_PATH, async (request) => {
    const { hallId, deviceId } = await bearerDevice(database, request, terminalRoleSchema.options, {
      evenLocked: true,
    });
    const offer = await releases.offer({ hallId, deviceId }, parseBody(releaseAskSchema, request.body));
    return { release: offer ? { manifest: offer.manifest, signature: offer.signature } : null };
  });

  app.get(`${RELEASES_PATH}/:version`, async (request, reply) => {
    await bearerDevice(database, request, terminalRoleSchema.options, { evenLocked: true });
    const { version } = request.params as { readonly version?: unknown };
    const { status, headers, body } = await sendReleaseFile(releases, version, request.headers.range);
    return reply.code(status).headers(headers).send(body);
  });
};
