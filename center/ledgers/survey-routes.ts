import type { FastifyInstance } from "fastify";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import type { PersonalRecord } from "../../shared/contract/api.ts";
import type { LedgerDefinition } from "../../shared/domain/ledger/definition.ts";
import { ledgersOf } from "../../shared/domain/ledger/ledgers.ts";
import { checkAsked, divideValues } from "../../shared/domain/ledger/values.ts";
import type { CenterContext } from "../context.ts";
import type { HallLog } from "../log/hall-log.ts";
import { PAGE, showPage, takeForms, textsOfRequest } from "../reviews/page-answer.ts";
import type { PageTexts } from "../reviews/page-texts.ts";
import { readSurveyCode, type SurveyCode } from "./survey-code.ts";
import { nameIn, readSurvey, surveyMessage, surveyPage } from "./survey-page.ts";

/** Where the code of a questionnaire leads. */
export const SURVEY_PATH = "/q";

/** Many people behind one address of the hall's own network answer at once; a program that floods does not get far. */
const PER_MINUTE = 60;
const uuid = z.uuid();

type Params = { readonly hallId: string; readonly code: string };

interface Opened {
  readonly hall: HallLog;
  readonly survey: SurveyCode;
  readonly definition: LedgerDefinition;
}

/** The anonymous questionnaire behind a third party's QR code: neither device, address nor name is kept with the answer. */
export const surveyRoutes = (app: FastifyInstance, context: CenterContext): void => {
  const open = async ({ hallId, code }: Params): Promise<Opened | { readonly fault: "unknown" | "over" }> => {
    const survey = readSurveyCode(context.personal, hallId, code);
    if (!survey || !(await context.halls.homedIds()).includes(hallId)) return { fault: "unknown" };
    const { hall } = await context.halls.get(hallId);
    const definition = ledgersOf(hall.plan).get(survey.ledgerId);
    if (definition?.opening.by.includes("page") !== true) return { fault: "unknown" };
    return context.clock() >= survey.expiresAt ? { fault: "over" } : { hall, survey, definition };
  };

  const form = (
    texts: PageTexts,
    path: string,
    { hall, survey, definition }: Opened,
    parts: { readonly formId: string; readonly problem: string | null },
  ): string => {
    const hallName = (texts.language === "zh-CN" ? hall.plan?.name : hall.plan?.nameEn) ?? "";
    return surveyPage(texts, path, definition, { ...parts, hallName, by: survey.by, until: survey.until });
  };

  const pathOf = ({ hallId, code }: Params): string => `${SURVEY_PATH}/${hallId}/${code}`;
  const limit = { rateLimit: { max: PER_MINUTE, timeWindow: 60_000 } };

  app.get<{ Params: Params }>(`${SURVEY_PATH}/:hallId/:code`, { config: limit }, async (request, reply) => {
    const texts = textsOfRequest(request);
    const path = pathOf(request.params);
    const opened = await open(request.params);
    if ("fault" in opened)
      return showPage(reply, opened.fault === "over" ? 410 : 404, surveyMessage(texts, path, opened.fault));
    return showPage(reply, 200, form(texts, path, opened, { formId: uuidv7(), problem: null }));
  });

  takeForms(app, (scope) => {
    scope.post<{ Params: Params }>(`${SURVEY_PATH}/:hallId/:code`, { config: limit }, async (request, reply) => {
      const texts = textsOfRequest(request);
      const path = pathOf(request.params);
      const opened = await open(request.params);
      if ("fault" in opened)
        return showPage(reply, opened.fault === "over" ? 410 : 404, surveyMessage(texts, path, opened.fault));
      const { hall, definition } = opened;
      const sent = new URLSearchParams(typeof request.body === "string" ? request.body : "");
      const given = uuid.safeParse(sent.get("form"));
      const formId = given.success ? given.data : uuidv7();
      const answers = readSurvey(definition, sent);
      const [fault] = checkAsked(definition, definition.opening.asks, answers);
      if (fault) {
        const field = definition.fields.find(({ id }) => id === fault.field);
        const name = field ? nameIn(texts, field) : fault.field;
        const problem = texts.say(fault.fault === "required" ? "survey.lack" : "survey.wrong", { field: name });
        return showPage(reply, 422, form(texts, path, opened, { formId, problem }));
      }
      const { open: values, personal } = divideValues(definition, answers);
      const recordId = uuidv7();
      const records: PersonalRecord[] =
        Object.keys(personal).length === 0 ? [] : [{ id: recordId, kind: "ledger", value: JSON.stringify(personal) }];
      const sealed = Object.fromEntries(Object.keys(personal).map((id) => [id, recordId]));
      const data = { entryId: formId, ledgerId: definition.id, values, sealed };
      const result = await hall.execute(
        { id: formId, type: "OpenLedgerEntry", mode: "record", at: context.clock(), data },
        PAGE,
        records,
      );
      const isTaken = result.status === "accepted";
      return showPage(reply, isTaken ? 200 : 503, surveyMessage(texts, path, isTaken ? "thanks" : "wait"));
    });
  });
};
