import type { FastifyInstance } from "fastify";
import {
  challengeRequestSchema,
  DEVICE_CHALLENGE_PATH,
  DEVICE_KEY_PATH,
  DEVICE_TOKEN_PATH,
  keyRequestSchema,
  tokenRequestSchema,
} from "../../shared/contract/device-token.ts";
import type { CenterContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { exchangeProof, newChallenge, parsePublicKey, putDeviceKey } from "../identity/device-keys.ts";
import { parseBody, perDevice } from "./device-limits.ts";

/** How a terminal gets the tokens that it presents. */
export const deviceKeyRoutes = (app: FastifyInstance, { database, personal, clock, log }: CenterContext): void => {
  app.post(DEVICE_CHALLENGE_PATH, { config: perDevice(60) }, (request) => {
    const { deviceId } = parseBody(challengeRequestSchema, request.body);
    return { challenge: newChallenge(personal, deviceId, clock()) };
  });

  app.post(DEVICE_TOKEN_PATH, { config: perDevice(60) }, async (request) => {
    const token = await exchangeProof(database, personal, parseBody(tokenRequestSchema, request.body), clock());
    if (!token) throw apiError("unauthorised");
    return token;
  });

  app.post(DEVICE_KEY_PATH, { config: perDevice(60) }, async (request, reply) => {
    const body = parseBody(keyRequestSchema, request.body);
    const publicKey = parsePublicKey(body.publicKey);
    if (!publicKey) throw apiError("bad_request", { field: "publicKey" });
    if (!(await putDeviceKey(database, body, publicKey))) throw apiError("unauthorised");
    log.info({ event: "device.key", device: body.deviceId }, "a terminal has a key instead of its secret");
    return reply.code(204).send();
  });
};
