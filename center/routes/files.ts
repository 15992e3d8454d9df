import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { fileHashSchema, fileOfferSchema, FILES_PATH, type FileState } from "../../shared/contract/files.ts";
import { BLOCK_BYTES, MAX_PART_BLOCKS } from "../../shared/domain/files/file.ts";
import { mayReadFile } from "../../shared/domain/case/case-files.ts";
import { mayReadEntryFile } from "../../shared/domain/ledger/visible.ts";
import type { TerminalRole } from "../../shared/domain/identity/roles.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { findClerkAt } from "../identity/clerks.ts";
import type { Device } from "../identity/devices.ts";
import { readEntries } from "../ledgers/read-entries.ts";
import { bearerDevice } from "./bearer.ts";
import { rangeOf } from "./range.ts";

/** Public screens have nothing to send or to read; the second screen sends what was signed on it. */
const WRITERS: readonly TerminalRole[] = ["window", "desk", "review"];
const READERS: readonly TerminalRole[] = ["window", "desk"];

const hashOf = (request: FastifyRequest): string => {
  const hash = fileHashSchema.safeParse((request.params as { hash?: unknown }).hash);
  if (!hash.success) throw apiError("file_unknown");
  return hash.data;
};

/** Files of cases (shared/contract/files.ts). A scope of its own: only here a body may be bytes. */
export const fileRoutes = (scope: FastifyInstance, context: CenterContext): void => {
  const { database, files, halls, log } = context;
  scope.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });

  const writerOf = async (request: FastifyRequest): Promise<Device> =>
    bearerDevice(database, request, WRITERS, { evenLocked: true });

  /** Whether a file belongs to a case or a ledger entry that a terminal may see; entries that ended long ago are in the log only. */
  const belongsToSomethingSeen = async (device: Device, hash: string): Promise<boolean> => {
    const { state } = (await halls.get(device.hallId)).hall;
    if (mayReadFile(state, device.department, hash)) return true;
    if (mayReadEntryFile(device, state.ledgerEntries.values(), hash)) return true;
    return mayReadEntryFile(device, (await readEntries(database, device.hallId)).values(), hash);
  };

  scope.post(FILES_PATH, async (request): Promise<FileState> => {
    const { hallId, deviceId } = await writerOf(request);
    const offer = fileOfferSchema.safeParse(request.body);
    if (!offer.success) {
      const issue = offer.error.issues[0];
      throw apiError(issue?.code === "too_big" ? "too_large" : "bad_request", { field: String(issue?.path[0] ?? "") });
    }
    const state = await files.offer(hallId, deviceId, offer.data);
    if (!state.ok) throw apiError("too_many_requests", { seconds: 60 });
    return state.value;
  });

  scope.post(
    `${FILES_PATH}/:hash/part`,
    { bodyLimit: MAX_PART_BLOCKS * BLOCK_BYTES },
    async (request, reply): Promise<void> => {
      const { hallId } = await writerOf(request);
      const hash = hashOf(request);
      const { body } = request;
      const offset = Number(request.headers["x-offset"]);
      if (!Buffer.isBuffer(body) || !Number.isSafeInteger(offset) || offset < 0) throw apiError("bad_request");
      // Broken on the way: the terminal sends it again.
      if (createHash("sha256").update(body).digest("hex") !== request.headers["x-sha256"])
        throw apiError("bad_request", { field: "x-sha256" });
      const kept = await files.putPart(hallId, hash, offset, body);
      if (!kept.ok) throw apiError(kept.error === "unknown" ? "file_unknown" : "bad_request", { field: "x-offset" });
      return reply.code(204).send();
    },
  );

  scope.post(`${FILES_PATH}/:hash/complete`, async (request): Promise<FileState> => {
    const { hallId, deviceId } = await writerOf(request);
    const hash = hashOf(request);
    const outcome = await files.complete(hallId, hash);
    if (outcome.ok) return outcome.value;
    if ("missing" in outcome.error) throw apiError("file_incomplete", { missing: outcome.error.missing });
    log.warn({ event: "file.refused", device: deviceId, hash, reason: outcome.error.code }, "upload refused");
    if (outcome.error.code === "unknown") throw apiError("file_unknown");
    throw apiError(outcome.error.code === "type" ? "file_type_wrong" : "file_differs");
  });

  scope.get(`${FILES_PATH}/:hash`, async (request, reply) => {
    const device = await bearerDevice(database, request, READERS);
    const { hallId, deviceId } = device;
    const hash = hashOf(request);
    const clerkId = await findClerkAt(database, hallId, deviceId);
    if (clerkId === undefined) throw apiError("no_clerk");
    const file = await files.find(hallId, hash);
    // What is not theirs is answered like what is not there. A draft's own files have no case yet.
    const isOwn = file?.deviceId === deviceId;
    if (!file?.isComplete || !(isOwn || (await belongsToSomethingSeen(device, hash)))) throw apiError("file_unknown");
    const [from, to] = rangeOf(request.headers.range, file.size);
    await files.noteRead(hallId, hash, deviceId, clerkId);
    void reply
      .code(to - from < file.size ? 206 : 200)
      .type("application/octet-stream")
      .header("cache-control", "no-store")
      .header("content-length", String(to - from))
      .header("content-range", `bytes ${String(from)}-${String(to - 1)}/${String(file.size)}`);
    return reply.send(Readable.from(files.read(hallId, hash, from, to)));
  });
};
