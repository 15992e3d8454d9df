import type { FastifyInstance, FastifyRequest } from "fastify";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import { escapeHtml } from "../../shared/basics/html.ts";
import { dayOf } from "../../shared/basics/time.ts";
import {
  REVIEW_CASE_KEY_PATH,
  REVIEW_CODE_PATH,
  REVIEW_PAGE_PATH,
  reviewCaseKeyRequestSchema,
  type reviewCaseKeySchema,
  reviewCodeRequestSchema,
  type reviewCodeSchema,
} from "../../shared/contract/desk-reviews.ts";
import { kioskSettingsOf } from "../../shared/domain/kiosk/kiosk-settings.ts";
import { apiError } from "../errors.ts";
import { authenticate } from "../identity/devices.ts";
import { parseBody, perTerminal } from "./desk-routes.ts";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import { tagsOfLevel } from "../../shared/domain/review/review-tags.ts";
import { isBad, REVIEW_TEXT_MAX, type ReviewLevel } from "../../shared/domain/review/review.ts";
import type { CenterContext } from "../context.ts";
import type { HallLog } from "../log/hall-log.ts";
import { findResults } from "../log/store.ts";
import { uuidOf } from "../command-id.ts";
import { PAGE, showPage, takeForms, textsOfRequest } from "./page-answer.ts";
import { dateText, PAGE_STYLE_PATH, readPageStyle, wholePage } from "./page-html.ts";
import type { PageTexts } from "./page-texts.ts";
import { readAnswer, type AnswerLack } from "./review-answer.ts";
import type { ReviewCode } from "./review-code.ts";
import { findReviewed, type Reviewed } from "./reviewed-service.ts";

const LEVELS: readonly ReviewLevel[] = [5, 4, 3, 2, 1];
/** A person reads, writes and sends in far less; a program that guesses does not get far. */
const PER_MINUTE = 30;
const DAY_MS = 86_400_000;

/** The id of the command that a code leads to: one for each code's service or case, so that it works once. */
export const commandIdOf = (hallId: string, { kind, ref }: ReviewCode): string =>
  uuidOf(`review code\n${hallId}\n${kind}\n${ref}`);

type Params = { readonly hallId: string; readonly code: string };

const message = (texts: PageTexts, path: string, key: string, more = ""): string =>
  wholePage(
    texts,
    texts.say(`${key}.title`),
    path,
    `<h1>${escapeHtml(texts.say(`${key}.title`))}</h1><p>${escapeHtml(texts.say(`${key}.text`))}</p>${more}`,
  );

const tagChoices = (texts: PageTexts, level: ReviewLevel, filled: URLSearchParams): string => {
  const choices = tagsOfLevel[level].map(
    ({ code }) =>
      `<label class="choice"><input type="checkbox" name="tag" value="${code}"${checkedIf(filled.has("tag", code))}><span>${escapeHtml(texts.say(`tag.${code}`))}</span></label>`,
  );
  const legend = isBad(level) ? texts.say("tagsBad") : texts.say("tags");
  return `<fieldset class="of-level of-level-${String(level)}"><legend>${escapeHtml(legend)}</legend>${choices.join("")}</fieldset>`;
};

const checkedIf = (is: boolean): string => (is ? " checked" : "");

interface FormParts {
  readonly hallName: string;
  readonly about: string;
  readonly until: string;
  readonly isReviewed: boolean;
  readonly stamp: string;
  readonly lack: AnswerLack | null;
  /** What was sent and lacks something: it stands there again, to be put right. */
  readonly filled: URLSearchParams;
}

/** Five answers of one size and order, none chosen before by us; what belongs to an answer appears with it. */
const formPage = (texts: PageTexts, path: string, parts: FormParts): string => {
  const { say } = texts;
  const levels = LEVELS.map(
    (level) =>
      `<label class="choice"><input type="radio" name="level" id="level-${String(level)}" value="${String(level)}"${checkedIf(parts.filled.get("level") === String(level))} required><span>${escapeHtml(say(`level.${String(level)}`))}</span></label>`,
  );
  const problem =
    parts.lack === null ? "" : `<p class="problem" role="alert">${escapeHtml(say(`lacks.${parts.lack}`))}</p>`;
  const addition = parts.isReviewed ? `<p>${escapeHtml(say("addition"))}</p>` : "";
  return wholePage(
    texts,
    say("title"),
    path,
    `<h1>${escapeHtml(say("title"))}</h1>
<p><b>${escapeHtml(parts.hallName)}</b><br>${escapeHtml(parts.about)}</p>
${addition}
<p class="quiet">${escapeHtml(say("free"))}</p>
${problem}
<form method="post" action="${escapeHtml(path)}?lang=${texts.language}" autocomplete="off">
<input type="hidden" name="stamp" value="${escapeHtml(parts.stamp)}">
<fieldset><legend>${escapeHtml(say("question"))}</legend>${levels.join("")}</fieldset>
${LEVELS.map((level) => tagChoices(texts, level, parts.filled)).join("\n")}
<div class="of-level of-bad">
<label class="field"><span>${escapeHtml(say("text"))}</span><textarea name="text" rows="3" maxlength="${String(REVIEW_TEXT_MAX)}">
${escapeHtml(parts.filled.get("text") ?? "")}</textarea></label>
<label class="field"><span>${escapeHtml(say("phone"))}</span><input type="tel" name="phone" maxlength="20" value="${escapeHtml(parts.filled.get("phone") ?? "")}"></label>
<p class="quiet">${escapeHtml(say("phoneWhy"))}</p>
</div>
<button type="submit" class="strong">${escapeHtml(say("send"))}</button>
</form>
<p class="quiet">${escapeHtml(say("once", { date: dateText(parts.until) }))}</p>`,
  );
};

/** The code of a service's review, good for as many days as the hall's plan says. */
export const reviewLink = (
  { reviewCodes, clock }: Pick<CenterContext, "reviewCodes" | "clock">,
  hall: HallLog,
  reviewId: string,
): Params => {
  const days = hall.plan?.settings.reviewCodeDays ?? 7;
  const expiresAt = clock() + days * DAY_MS;
  return { hallId: hall.hallId, code: reviewCodes.make(hall.hallId, { kind: "service", ref: reviewId, expiresAt }) };
};

/** The path behind which the person who holds a ticket may review its service; null: that service was never invited to. */
export const reviewPathOf = (
  context: Pick<CenterContext, "reviewCodes" | "clock">,
  hall: HallLog,
  reviewId: string,
): string | null => {
  if (hall.state.reviews.get(reviewId)?.invitedAt == null) return null;
  const { hallId, code } = reviewLink(context, hall, reviewId);
  return `${REVIEW_PAGE_PATH}/${hallId}/${code}`;
};

/** Where phones reach this center: the hall's own word, else the address that the terminal used. */
const baseUrl = (request: FastifyRequest, hall: HallLog): string =>
  kioskSettingsOf(hall.plan).publicUrl ?? `${request.protocol}://${request.host}`;

/** The review page behind a code on a ticket, a notice or a screen: for people's own phones, without a script. */
export const codeRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const { database, clock, reviewCodes } = context;

  const hallOf = async (hallId: string): Promise<HallLog | undefined> =>
    (await context.halls.homedIds()).includes(hallId) ? (await context.halls.get(hallId)).hall : undefined;

  /** Whatever stands in the way of using a code, as a page; else what it is about. */
  const open = async ({
    hallId,
    code,
  }: Params): Promise<
    | { readonly hall: HallLog; readonly meaning: ReviewCode; readonly reviewed: Reviewed }
    | { readonly fault: "unknown" | "expired" | "used" | "early"; readonly status: 404 | 409 | 410 }
  > => {
    const hall = await hallOf(hallId);
    const meaning = hall && reviewCodes.read(hallId, code);
    if (!hall || !meaning || !(await isMadeByRight(hallId, meaning))) return { fault: "unknown", status: 404 };
    const used = await findResults(database, hallId, [commandIdOf(hallId, meaning)]);
    if (used.size > 0) return { fault: "used", status: 410 };
    if (clock() >= meaning.expiresAt) return { fault: "expired", status: 410 };
    const reviewed = await findReviewed(context, hallId, meaning);
    if (reviewed) return { hall, meaning, reviewed };
    // A paper printed without a network may be here before the case that it is about.
    return meaning.deviceId === undefined ? { fault: "unknown", status: 404 } : { fault: "early", status: 409 };
  };

  /** A paper's code counts as long as the terminal that made it belongs to the hall. */
  const isMadeByRight = async (hallId: string, { deviceId }: ReviewCode): Promise<boolean> => {
    if (deviceId === undefined) return true;
    const { rowCount } = await database.query(
      "SELECT 1 FROM devices WHERE hall_id = $1 AND device_id = $2 AND role IN ('window', 'desk') AND revoked_at IS NULL",
      [hallId, deviceId],
    );
    return rowCount === 1;
  };

  const form = (
    request: FastifyRequest,
    params: Params,
    parts: Pick<FormParts, "lack" | "stamp" | "filled">,
    opened: {
      readonly hall: HallLog;
      readonly meaning: ReviewCode;
      readonly reviewed: Reviewed;
    },
  ): string => {
    const texts = textsOfRequest(request);
    const { hall, meaning, reviewed } = opened;
    const counter = hall.plan?.counters.find(({ id }) => id === reviewed.service.counterId);
    const isChinese = texts.language === "zh-CN";
    const about =
      reviewed.service.number === null
        ? texts.say("aboutCase")
        : texts.say("about", {
            number: reviewed.service.number,
            counter: texts.say("aboutCounter", { counter: counter?.number ?? "–" }),
          });
    return formPage(texts, pathOf(params), {
      ...parts,
      about: reviewed.service.itemName === null ? about : `${about} · ${reviewed.service.itemName}`,
      hallName: (isChinese ? hall.plan?.name : hall.plan?.nameEn) ?? "",
      until: dayOf(meaning.expiresAt - 1, hall.plan?.utcOffsetMinutes ?? 480),
      isReviewed: reviewed.service.isReviewed,
    });
  };

  const pathOf = ({ hallId, code }: Params): string => `${REVIEW_PAGE_PATH}/${hallId}/${code}`;

  const limit = {
    rateLimit: {
      max: PER_MINUTE,
      timeWindow: 60_000,
      keyGenerator: (request: FastifyRequest) => `code ${(request.params as Params).code}`,
    },
  };

  app.post(
    REVIEW_CODE_PATH,
    { config: perTerminal("review", 60) },
    async (request): Promise<z.infer<typeof reviewCodeSchema>> => {
      const body = parseBody(reviewCodeRequestSchema, request.body);
      const device = await authenticate(database, body);
      if (device?.role !== "review") throw apiError("unauthorised");
      if (device.isLocked) throw apiError("terminal_locked");
      const { hall } = await context.halls.get(device.hallId);
      // Only for the service that this very screen invites to: a screen is no place to collect codes.
      if (hall.state.reviews.get(body.reviewId)?.counterId !== device.counterId) throw apiError("not_found");
      return { url: `${baseUrl(request, hall)}${pathOf(reviewLink(context, hall, body.reviewId))}` };
    },
  );

  app.post(
    REVIEW_CASE_KEY_PATH,
    { config: perTerminal("review key", 20) },
    async (request, reply): Promise<z.infer<typeof reviewCaseKeySchema>> => {
      const device = await authenticate(database, parseBody(reviewCaseKeyRequestSchema, request.body));
      if (device?.role !== "window" && device?.role !== "desk") throw apiError("unauthorised");
      if (device.isLocked) throw apiError("terminal_locked");
      void reply.header("cache-control", "no-store");
      return { key: reviewCodes.terminalKey(device.hallId, device.deviceId).toString("base64") };
    },
  );

  const style = readPageStyle();
  app.get(PAGE_STYLE_PATH, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "public, max-age=3600").send(style),
  );

  app.get<{ Params: Params }>(`${REVIEW_PAGE_PATH}/:hallId/:code`, { config: limit }, async (request, reply) => {
    const { params } = request;
    const opened = await open(params);
    if ("fault" in opened)
      return showPage(reply, opened.status, message(textsOfRequest(request), pathOf(params), opened.fault));
    const stamp = reviewCodes.stamp(params.hallId, params.code, clock());
    return showPage(reply, 200, form(request, params, { lack: null, stamp, filled: new URLSearchParams() }, opened));
  });

  takeForms(app, (scope) => {
    scope.post<{ Params: Params }>(`${REVIEW_PAGE_PATH}/:hallId/:code`, { config: limit }, async (request, reply) => {
      const { params } = request;
      const texts = textsOfRequest(request);
      const opened = await open(params);
      if ("fault" in opened) return showPage(reply, opened.status, message(texts, pathOf(params), opened.fault));
      const body = typeof request.body === "string" ? request.body : "";
      const answer = readAnswer(body);
      const now = clock();
      if (typeof answer === "string") {
        const filled = new URLSearchParams(body);
        return showPage(
          reply,
          422,
          form(request, params, { lack: answer, stamp: filled.get("stamp") ?? "", filled }, opened),
        );
      }
      const shownAt = reviewCodes.readStamp(params.hallId, params.code, answer.stamp);
      // A form that was never shown here was read in no time.
      const elapsedMs = shownAt === undefined ? 0 : Math.max(0, Math.min(now - shownAt, DAY_MS));
      const personal: PersonalRecord[] = [];
      const keep = (kind: "reviewText" | "reviewPhone", value: string): string | null => {
        if (value === "") return null;
        const id = uuidv7();
        personal.push({ id, kind, value });
        return id;
      };
      const { hall, meaning, reviewed } = opened;
      const result = await hall.execute(
        {
          id: commandIdOf(params.hallId, meaning),
          type: "GiveReview",
          mode: "record",
          at: now,
          data: {
            reviewId: reviewed.reviewId,
            counterId: reviewed.service.counterId,
            level: answer.level,
            tags: [...answer.tags],
            elapsedMs,
            totalMs: elapsedMs,
            channel: "qr",
            textId: keep("reviewText", answer.text),
            phoneId: keep("reviewPhone", answer.phone),
            service: reviewed.service,
          },
        },
        PAGE,
        personal,
      );
      if (result.status === "refused") return showPage(reply, 503, message(texts, pathOf(params), "wait"));
      const days = hall.plan?.settings.rectification.days ?? 7;
      const more = isBad(answer.level) ? `<p>${escapeHtml(texts.say("thanks.bad", { days }))}</p>` : "";
      return showPage(reply, 200, message(texts, pathOf(params), "thanks", more));
    });
  });
};
