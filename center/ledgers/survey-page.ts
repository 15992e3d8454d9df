import { escapeHtml } from "../../shared/basics/html.ts";
import type { LedgerAsk, LedgerDefinition, LedgerField } from "../../shared/domain/ledger/definition.ts";
import type { LedgerValue } from "../../shared/domain/ledger/entry.ts";
import { wholePage } from "../reviews/page-html.ts";
import type { PageTexts } from "../reviews/page-texts.ts";

const RATINGS = [5, 4, 3, 2, 1] as const;

/** A name in the language of the page: definitions are in Chinese and English. */
export const nameIn = (texts: PageTexts, named: { readonly name: string; readonly nameEn: string }): string =>
  texts.language === "zh-CN" ? named.name : named.nameEn;

const choice = (field: LedgerField, type: "radio" | "checkbox", value: string, text: string): string =>
  `<label class="choice"><input type="${type}" name="${field.id}" value="${escapeHtml(value)}"><span>${escapeHtml(text)}</span></label>`;

/** The control of one question. Nothing is chosen before. */
const controlOf = (texts: PageTexts, field: LedgerField, legend: string): string => {
  const { say } = texts;
  const group = (choices: readonly string[]): string =>
    `<fieldset><legend>${legend}</legend>${choices.join("")}</fieldset>`;
  switch (field.kind) {
    case "rating":
      return group(RATINGS.map((n) => choice(field, "radio", String(n), say(`survey.rating.${String(n)}`))));
    case "choice":
    case "choices":
      return group(
        field.choices.map((each) =>
          choice(field, field.kind === "choice" ? "radio" : "checkbox", each.id, nameIn(texts, each)),
        ),
      );
    case "yesNo":
      return group([choice(field, "radio", "yes", say("ledger.yes")), choice(field, "radio", "no", say("ledger.no"))]);
    default: {
      const hint = texts.language === "zh-CN" ? field.hint : field.hintEn;
      const more = hint === undefined ? "" : `<p class="quiet">${escapeHtml(hint)}</p>`;
      return `<label class="field"><span>${legend}</span><textarea name="${field.id}" rows="3" maxlength="500"></textarea></label>${more}`;
    }
  }
};

interface SurveyParts {
  readonly hallName: string;
  readonly by: string;
  readonly until: string;
  /** Id of this form: sent twice it counts once. */
  readonly formId: string;
  /** What is wrong with what was sent; null: nothing was sent yet. */
  readonly problem: string | null;
}

/** The questions of a ledger as a page without script. */
export const surveyPage = (
  texts: PageTexts,
  path: string,
  definition: LedgerDefinition,
  parts: SurveyParts,
): string => {
  const { say } = texts;
  const question = ({ field: id, isRequired }: LedgerAsk): string => {
    const field = definition.fields.find((each) => each.id === id);
    if (!field) return "";
    const optional = isRequired ? "" : ` <small class="quiet">${escapeHtml(say("survey.optional"))}</small>`;
    return controlOf(texts, field, escapeHtml(nameIn(texts, field)) + optional);
  };
  const title = nameIn(texts, definition);
  const problem = parts.problem === null ? "" : `<p class="problem" role="alert">${escapeHtml(parts.problem)}</p>`;
  return wholePage(
    texts,
    title,
    path,
    `<h1>${escapeHtml(title)}</h1>
<p><b>${escapeHtml(parts.hallName)}</b><br>${escapeHtml(say("survey.by", { by: parts.by }))}</p>
<p class="quiet">${escapeHtml(say("survey.free"))}</p>
${problem}
<form method="post" action="${escapeHtml(path)}?lang=${texts.language}" autocomplete="off">
<input type="hidden" name="form" value="${escapeHtml(parts.formId)}">
${definition.opening.asks.map(question).join("\n")}
<button type="submit">${escapeHtml(say("survey.send"))}</button>
</form>
<p class="quiet">${escapeHtml(say("survey.until", { date: parts.until }))}</p>`,
  );
};

/** A page with one message and nothing to fill in. */
export const surveyMessage = (texts: PageTexts, path: string, key: "thanks" | "unknown" | "over" | "wait"): string => {
  const title = texts.say(`survey.${key}.title`);
  return wholePage(
    texts,
    title,
    path,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(texts.say(`survey.${key}.text`))}</p>`,
  );
};

const valueOf = (field: LedgerField, given: readonly string[]): LedgerValue | undefined => {
  const [first = ""] = given.map((each) => each.trim());
  if (first === "") return undefined;
  switch (field.kind) {
    case "rating":
    case "number":
      return Number(first);
    case "yesNo":
      return first === "yes";
    case "choices":
    case "lines":
      return given;
    default:
      return first;
  }
};

/** What was filled in, by field; what the definition does not ask for is not looked at. */
export const readSurvey = (
  definition: LedgerDefinition,
  form: URLSearchParams,
): Readonly<Record<string, LedgerValue | undefined>> =>
  Object.fromEntries(
    definition.opening.asks.flatMap(({ field: id }) => {
      const field = definition.fields.find((each) => each.id === id);
      const value = field && valueOf(field, form.getAll(id));
      return value === undefined ? [] : [[id, value]];
    }),
  );
