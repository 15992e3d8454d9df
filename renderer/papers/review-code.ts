import { z } from "zod";
import { REVIEW_CASE_KEY_PATH, REVIEW_PAGE_PATH, reviewCaseKeySchema } from "../../shared/contract/desk-reviews.ts";
import { kioskSettingsOf } from "../../shared/domain/kiosk/kiosk-settings.ts";
import { writeCaseCode } from "../../shared/domain/review/case-code.ts";
import type { Terminal } from "../store/terminal.ts";

const KEY_DRAFT = "papers.reviewKey";
const DAY_MS = 86_400_000;

const keptSchema = z.object({ deviceId: z.string(), key: z.string() });

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * The key with which this terminal makes review codes, kept encrypted here so that papers carry them without a network as
 * well. Null while this terminal has never been able to ask for it.
 */
export const loadReviewKey = async (
  terminal: Pick<Terminal, "readDraft" | "writeDraft" | "askAs" | "info">,
): Promise<Uint8Array | null> => {
  const { credentials } = terminal.info;
  if (credentials === null) return null;
  const kept = keptSchema.safeParse(await terminal.readDraft(KEY_DRAFT));
  if (kept.success && kept.data.deviceId === credentials.deviceId) return bytesOf(kept.data.key);
  const outcome = await terminal.askAs(REVIEW_CASE_KEY_PATH, {});
  const answer = outcome.ok ? reviewCaseKeySchema.safeParse(outcome.value) : null;
  if (answer?.success !== true) return null;
  await terminal.writeDraft(KEY_DRAFT, { deviceId: credentials.deviceId, key: answer.data.key });
  return bytesOf(answer.data.key);
};

/**
 * The address behind which the applicant may review a case once, good for as many days as the plan says from now on.
 * @param ref id of the case; of the intake, for a paper about several cases
 * @returns null when the terminal cannot make one
 */
export const reviewUrlOf = (
  terminal: Pick<Terminal, "hall" | "info" | "now">,
  key: Uint8Array | null,
  ref: string,
): string | null => {
  const { info } = terminal;
  const { plan } = terminal.hall.get();
  const base = kioskSettingsOf(plan).publicUrl ?? info.nodeUrl;
  if (plan === null || base === null || key === null || info.credentials === null) return null;
  const expiresAt = terminal.now() + plan.settings.reviewCodeDays * DAY_MS;
  const code = writeCaseCode(key, plan.hallId, { deviceId: info.credentials.deviceId, ref, expiresAt });
  return code && new URL(`${REVIEW_PAGE_PATH}/${plan.hallId}/${toBase64Url(code)}`, base).href;
};
