import { z } from "zod";
import { err, ok, type Result } from "../../shared/basics/result.ts";
import {
  apiErrorSchema,
  enrolResponseSchema,
  hallInfoSchema,
  type EnrolResponse,
  type HallInfo,
} from "../../shared/contract/api.ts";
import type { NodeFault } from "../text.ts";

/** Longer than any healthy answer; a person is waiting at a form. */
const TIMEOUT_MS = 8_000;
const MAX_BYTES = 200_000;

export interface Asked {
  readonly method: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** A longer answer is given up. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** As the header of that name tells it. */
  readonly date: string | null;
}

/** An answer that no node gives. */
export class TooLong extends Error {}

/** One question and its answer; fails where no answer comes, where one leads elsewhere, and where whoever answers is not believed. */
export type Wire = (url: string, asked: Asked) => Promise<Answered>;

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * The address of a node in its plain form (scheme, host, port).
 * Plain http only to this very computer (v5.0.0-12.2.1): Chromium would refuse it from app:// anyway.
 */
export const parseNodeUrl = (text: string): Result<string, NodeFault> => {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username || url.password || url.hostname === "")
    return err("bad_url");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) return err("insecure_url");
  return ok(url.origin);
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly date: number | null;
}

export const ask = async (
  wire: Wire,
  url: string,
  asked: Omit<Asked, "maxBytes" | "signal">,
): Promise<Result<Answer, NodeFault>> => {
  try {
    const answer = await wire(url, { ...asked, maxBytes: MAX_BYTES, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = answer.text === "" ? null : JSON.parse(answer.text);
    const date = Date.parse(answer.date ?? "");
    return ok({ status: answer.status, body, date: Number.isNaN(date) ? null : date });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooLong) return err("not_a_node");
    return err(/ERR_CERT_/.test(String(error)) ? "untrusted" : "unreachable");
  }
};

export const post = (body: unknown) => ({
  method: "POST" as const,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const faultOf = ({ status, body }: Answer): NodeFault => {
  const parsed = apiErrorSchema.safeParse(body);
  if (!parsed.success) return status >= 500 ? "node_error" : "not_a_node";
  const { code } = parsed.data.error;
  if (code === "enrol_code_unknown" || code === "too_many_requests") return code;
  return code === "bad_request" ? "enrol_code_unknown" : "node_error";
};

/** Which hall answers at `nodeUrl`, and how far this computer's clock is from its (milliseconds, ours minus theirs). */
export const getHallInfo = async (
  wire: Wire,
  nodeUrl: string,
): Promise<Result<HallInfo & { readonly clockOffsetMs: number | null }, NodeFault>> => {
  const url = parseNodeUrl(nodeUrl);
  if (!url.ok) return url;
  const answer = await ask(wire, `${url.value}/api/hall`, { method: "GET" });
  if (!answer.ok) return answer;
  const info = hallInfoSchema.safeParse(answer.value.body);
  if (answer.value.status !== 200 || !info.success) return err("not_a_node");
  return ok({ ...info.data, clockOffsetMs: answer.value.date === null ? null : Date.now() - answer.value.date });
};

/** Gives the one-time code to the node and gets the terminal's identity. */
export const enrolAt = async (
  wire: Wire,
  nodeUrl: string,
  wish: { readonly code: string; readonly name: string; readonly publicKey: string },
): Promise<Result<{ readonly nodeUrl: string; readonly response: EnrolResponse }, NodeFault>> => {
  const url = parseNodeUrl(nodeUrl);
  if (!url.ok) return url;
  const answer = await ask(wire, `${url.value}/api/enrol`, post(wish));
  if (!answer.ok) return answer;
  if (answer.value.status !== 200 && answer.value.status !== 201) return err(faultOf(answer.value));
  const response = enrolResponseSchema.safeParse(answer.value.body);
  return response.success ? ok({ nodeUrl: url.value, response: response.data }) : err("not_a_node");
};

const demoCodeSchema = z.object({ code: z.string().min(4).max(32) });

/** A one-time code of the demo hall for a new terminal of `role`; windows and review screens belong to a counter. */
export const getDemoCode = async (
  wire: Wire,
  nodeUrl: string,
  secret: string,
  role: string,
  counterId: string | null,
): Promise<Result<string, NodeFault>> => {
  const answer = await ask(wire, `${nodeUrl}/api/demo/enrol-code`, post({ secret, role, counterId }));
  if (!answer.ok) return answer;
  const code = demoCodeSchema.safeParse(answer.value.body);
  return code.success ? ok(code.data.code) : err(faultOf(answer.value));
};
