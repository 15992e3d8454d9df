import { clockOf, dayOf } from "../../shared/basics/time.ts";
import type { ProgressResponse } from "../../shared/contract/cases.ts";
import { PROGRESS_QUESTION_PATH } from "../../shared/contract/progress-page.ts";
import { readProgressMark } from "../../shared/domain/case/progress-link.ts";
import type { Language } from "../languages.ts";
import { askCenter } from "../phone/ask.ts";
import { element } from "../phone/draw.ts";
import { languageChooser } from "../phone/language-chooser.ts";
import { firstLanguage, keepLanguage, loadTexts, type T, type Texts } from "../phone/texts.ts";

type Case = ProgressResponse["cases"][number];
type Fault = "number" | "last4" | "unknown" | "busy" | "down";

const files = import.meta.glob<Texts>("../locales/*/progress.json", { import: "default" });

/** The page is about halls in China, wherever the phone is. */
const UTC_OFFSET_MINUTES = 480;
const LAST4 = /^[0-9A-Z]{4}$/;

interface Page {
  readonly language: Language;
  readonly t: T;
  /** Of the address; the numbers of the papers that lead here repeat in every hall. */
  readonly hallId: string | undefined;
  readonly number: string;
  readonly last4: string;
  readonly fault: Fault | null;
  readonly isAsking: boolean;
  readonly cases: readonly Case[] | null;
}

const faultOf = (status: number): Fault =>
  status === 404 || status === 400 ? "unknown" : status === 429 ? "busy" : "down";

type Asked = Pick<Page, "hallId" | "number" | "last4">;

const ask = async ({ hallId, number, last4 }: Asked): Promise<readonly Case[] | Fault> => {
  const answer = await askCenter<ProgressResponse>(PROGRESS_QUESTION_PATH, { hallId, number, last4 });
  return answer.ok ? answer.value.cases : faultOf(answer.status);
};

const field = (
  name: "number" | "last4",
  { t, fault, ...page }: Page,
  properties: Partial<HTMLInputElement>,
): HTMLElement => {
  const isWrong = fault === name;
  const input = element("input", { name, value: page[name], autocomplete: "off", spellcheck: false, ...properties });
  input.setAttribute("aria-invalid", String(isWrong));
  input.setAttribute("aria-describedby", `${name}-note`);
  return element(
    "label",
    {},
    element("span", {}, name === "number" ? t("progress:number") : t("progress:last4")),
    input,
    element(
      "small",
      { id: `${name}-note`, className: isWrong ? "fault" : "" },
      isWrong
        ? name === "number"
          ? t("progress:fault.number")
          : t("progress:fault.last4")
        : name === "number"
          ? t("progress:numberNote")
          : t("progress:last4Note"),
    ),
  );
};

const whenOf = ({ at, day }: Case["steps"][number]): string =>
  at === null ? (day ?? "") : `${dayOf(at, UTC_OFFSET_MINUTES)} ${clockOf(at, UTC_OFFSET_MINUTES)}`;

const caseView = (one: Case, t: T): HTMLElement =>
  element(
    "section",
    { className: "case", testId: "case" },
    element("h2", {}, one.itemName),
    element("p", {}, t("progress:caseNumber", { number: one.number })),
    element("p", {}, t("progress:department", { name: one.department })),
    one.dueDay === null ? null : element("p", { className: "large" }, t("progress:due", { day: one.dueDay })),
    one.owedBy === null || one.isOver
      ? null
      : element("p", { className: "note" }, t("progress:owed", { day: one.owedBy })),
    element(
      "ol",
      {},
      ...one.steps.map((step) =>
        element("li", {}, element("span", {}, t(`progress:step.${step.kind}`)), element("time", {}, whenOf(step))),
      ),
    ),
  );

/** The page on which an applicant asks how far a case is: its number and four characters, no name anywhere. */
export const startProgressPage = async (root: HTMLElement): Promise<void> => {
  const first = firstLanguage();
  let page: Page = {
    language: first,
    t: (await loadTexts(files, first)) ?? ((key) => key),
    ...readProgressMark(location.hash.slice(1)),
    last4: "",
    fault: null,
    isAsking: false,
    cases: null,
  };
  const change = (next: Partial<Page>): void => {
    page = { ...page, ...next };
    draw();
  };
  const typed = (name: string): string =>
    root.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? "";
  const send = async (): Promise<void> => {
    if (page.isAsking) return;
    const number = typed("number");
    const last4 = typed("last4").toUpperCase();
    if (number.length < 3) return change({ number, last4, fault: "number" });
    if (!LAST4.test(last4)) return change({ number, last4, fault: "last4" });
    change({ number, last4, fault: null, isAsking: true });
    const answer = await ask({ hallId: page.hallId, number, last4 });
    change(typeof answer === "string" ? { isAsking: false, fault: answer } : { isAsking: false, cases: answer });
  };
  const speak = async (language: Language): Promise<void> => {
    const t = await loadTexts(files, language);
    if (t === null) return;
    keepLanguage(language);
    change({ language, t });
  };
  const sayFault = (): HTMLElement | null => {
    const { fault, t } = page;
    if (fault === null || fault === "number" || fault === "last4") return null;
    return element("p", { className: "fault", role: "alert", testId: "fault" }, t(`progress:fault.${fault}`));
  };
  const form = (): HTMLElement => {
    const made = element(
      "form",
      {},
      field("number", page, { maxLength: 80, inputMode: "text" }),
      field("last4", page, { maxLength: 4, inputMode: "text", autocapitalize: "characters" }),
      sayFault(),
      element(
        "button",
        { className: "strong", type: "submit", disabled: page.isAsking },
        page.isAsking ? page.t("progress:asking") : page.t("progress:ask"),
      ),
    );
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      void send();
    });
    return made;
  };
  const answer = (cases: readonly Case[]): readonly HTMLElement[] => [
    ...cases.map((one) => caseView(one, page.t)),
    element("button", { type: "button", onclick: () => void refresh() }, page.t("progress:again")),
    element(
      "button",
      { type: "button", onclick: () => change({ cases: null, last4: "", number: "" }) },
      page.t("progress:other"),
    ),
  ];
  const refresh = async (): Promise<void> => {
    const fresh = await ask(page);
    change(typeof fresh === "string" ? { cases: null, fault: fresh } : { cases: fresh });
  };
  const draw = (): void => {
    const { t, language, cases } = page;
    document.title = t("progress:title");
    const chooser = languageChooser(t("progress:language"), language, (next) => void speak(next));
    root.replaceChildren(
      element("header", {}, element("h1", {}, t("progress:title")), chooser),
      ...(cases === null ? [form()] : answer(cases)),
      element("footer", {}, t("progress:privacy")),
    );
    root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  draw();
};
