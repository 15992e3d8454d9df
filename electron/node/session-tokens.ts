import { err, ok, type Result } from "../../shared/basics/result.ts";
import {
  challengeResponseSchema,
  DEVICE_CHALLENGE_PATH,
  DEVICE_KEY_PATH,
  DEVICE_TOKEN_PATH,
  proofText,
  tokenResponseSchema,
} from "../../shared/contract/device-token.ts";
import type { SessionOutcome, SessionFault } from "../../shared/contract/ipc.ts";
import { publicKeyOf, signWith } from "../security/device-key.ts";
import { ask, post, type Wire } from "./node-client.ts";

/** Of one of this computer's devices: the key that proves it, and the secret of one that was enrolled before there were keys. */
export interface DeviceProof {
  readonly deviceId: string;
  readonly key: string;
  readonly secret: string | null;
}

/** What the node has said, where it could. */
interface NodeAnswer {
  readonly status: number;
  readonly body: unknown;
}

const askNode = async (wire: Wire, url: string, body: unknown): Promise<Result<NodeAnswer, SessionFault>> => {
  const answer = await ask(wire, url, post(body));
  if (!answer.ok || answer.value.status >= 500 || answer.value.status === 429) return err("unavailable");
  if (answer.value.status === 401) return err("unauthorised");
  return answer;
};

const askToken = async (wire: Wire, nodeUrl: string, { deviceId, key }: DeviceProof) => {
  const challenged = await askNode(wire, nodeUrl + DEVICE_CHALLENGE_PATH, { deviceId });
  if (!challenged.ok) return challenged;
  // A node of before there were keys.
  if (challenged.value.status === 404) return ok(null);
  const challenge = challengeResponseSchema.safeParse(challenged.value.body);
  if (!challenge.success) return err<SessionFault>("unavailable");
  const signature = signWith(key, proofText(deviceId, challenge.data.challenge));
  const proof = { deviceId, challenge: challenge.data.challenge, signature };
  const answer = await askNode(wire, nodeUrl + DEVICE_TOKEN_PATH, proof);
  if (!answer.ok) return answer;
  const token = tokenResponseSchema.safeParse(answer.value.body);
  return token.success ? ok(token.data) : err<SessionFault>("unavailable");
};

/**
 * A new token for one of this computer's devices. To a node that does not know its key, one that has a secret gives the key
 * first: it was kept before it is sent, so when the answer gets lost the next try finds it known.
 */
export const newSession = async (wire: Wire, nodeUrl: string, device: DeviceProof): Promise<SessionOutcome> => {
  const { deviceId, secret } = device;
  let token = await askToken(wire, nodeUrl, device);
  if (!token.ok && token.error === "unauthorised" && secret !== null) {
    const publicKey = publicKeyOf(device.key);
    const put = await askNode(wire, nodeUrl + DEVICE_KEY_PATH, { deviceId, secret, publicKey });
    if (!put.ok) return put;
    token = await askToken(wire, nodeUrl, device);
  }
  if (!token.ok) return token;
  if (token.value === null) return secret === null ? err("unavailable") : ok({ secret, expiresInMs: null });
  return ok({ secret: token.value.token, expiresInMs: token.value.expiresInMs });
};
