import {
  CALLABLE,
  CANNOT_RAISE_PATH,
  CANNOT_WORDS_MAX,
  CANNOT_WORDS_MIN,
  type CannotResponse,
} from "../../shared/contract/cannot-page.ts";
import { orderProblems } from "../../shared/domain/work-order/problems.ts";
import { isLanguage, languageName, languages, putOnPage, type Language } from "../languages.ts";
import { element } from "../phone/draw.ts";
import { firstLanguage, keepLanguage, textsOf, type T } from "../phone/texts.ts";

type Fault = "words" | "phone" | "failed" | "busy";

const files = import.meta.glob<Parameters<typeof textsOf>[1]>("../locales/*/cannot.json", { import: "default" });
const ANSWER_MS = 15_000;

const loadTexts = async (language: Language): Promise<T> => {
  const texts = await files[`../locales/${language}/cannot.json`]?.();
  if (texts === undefined) throw new Error(`no texts in ${language}`);
  putOnPage(language);
  return (key, values) => textsOf(language, texts)(key.replace(/^cannot:/, ""), values);
};

interface Told {
  readonly problem: string;
  readonly itemName: string;
  readonly words: string;
  readonly name: string;
  readonly phone: string;
}

/** @returns the number, or why there is none */
const raise = async (orderId: string, told: Told): Promise<CannotResponse | Fault> => {
  try {
    const response = await fetch(CANNOT_RAISE_PATH, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        orderId,
        problem: told.problem,
        itemName: told.itemName === "" ? null : told.itemName,
        words: told.words,
        contact: { name: told.name, phone: told.phone },
      }),
      cache: "no-store",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.ok) return (await response.json()) as CannotResponse;
    return response.status === 429 ? "busy" : "failed";
  } catch {
    return "failed";
  }
};

const faultOf = ({ words, phone }: Told): Fault | null =>
  words.length < CANNOT_WORDS_MIN ? "words" : CALLABLE.test(phone) ? null : "phone";

const idAgain = (): string => {
  // randomUUID needs a secure context, which a hall's plain address is not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

/** The page on which anybody tells from a phone what could not be done. One id for all tries: sent twice, it is one order. */
export const startCannotPage = async (root: HTMLElement): Promise<void> => {
  const orderId = idAgain();
  let language = firstLanguage();
  let t = await loadTexts(language);
  let told: Told = { problem: "severalTries", itemName: "", words: "", name: "", phone: "" };
  let fault: Fault | null = null;
  let isSending = false;
  let number: string | null = null;

  const read = (form: HTMLFormElement): void => {
    const data = new FormData(form);
    const of = (name: keyof Told): string => {
      const value = data.get(name);
      return typeof value === "string" ? value.trim() : "";
    };
    told = {
      problem: of("problem"),
      itemName: of("itemName"),
      words: of("words"),
      name: of("name"),
      phone: of("phone"),
    };
  };
  const send = async (): Promise<void> => {
    if (isSending) return;
    fault = faultOf(told);
    if (fault !== null) return draw();
    isSending = true;
    draw();
    const answer = await raise(orderId, told);
    isSending = false;
    if (typeof answer === "string") fault = answer;
    else number = answer.number;
    draw();
  };
  const speak = async (wanted: Language): Promise<void> => {
    const texts = await loadTexts(wanted).catch(() => null);
    if (texts === null) return;
    keepLanguage(wanted);
    language = wanted;
    t = texts;
    draw();
  };

  const problems = (): HTMLElement =>
    element(
      "fieldset",
      {},
      element("legend", {}, t("cannot:problemTitle")),
      ...orderProblems.map((problem) =>
        element(
          "label",
          {},
          element("input", { type: "radio", name: "problem", value: problem, checked: told.problem === problem }),
          element("span", {}, t(`cannot:problem.${problem}`)),
        ),
      ),
    );
  const field = (
    name: "words" | "phone",
    made: HTMLInputElement | HTMLTextAreaElement,
    note: string,
    wrong: string,
  ): HTMLElement => {
    const isWrong = fault === name;
    made.setAttribute("aria-invalid", String(isWrong));
    made.setAttribute("aria-describedby", `${name}-note`);
    const small = element("small", { id: `${name}-note`, className: isWrong ? "fault" : "" }, isWrong ? wrong : note);
    return element("label", {}, element("span", {}, t(`cannot:${name}`)), made, small);
  };
  const line = (name: "itemName" | "name", label: string, maxLength: number): HTMLElement =>
    element(
      "label",
      {},
      element("span", {}, label),
      element("input", { name, maxLength, value: told[name], autocomplete: "off" }),
    );
  const form = (): HTMLElement => {
    const words = element("textarea", { name: "words", maxLength: CANNOT_WORDS_MAX, value: told.words });
    const phone = element("input", { name: "phone", type: "tel", maxLength: 20, value: told.phone });
    const made = element(
      "form",
      { noValidate: true },
      problems(),
      line("itemName", t("cannot:matter"), 200),
      field("words", words, t("cannot:wordsHint"), t("cannot:wordsShort")),
      line("name", t("cannot:name"), 40),
      field("phone", phone, t("cannot:phoneNote"), t("cannot:phoneWrong")),
      fault === "failed" || fault === "busy"
        ? element("p", { className: "fault", role: "alert" }, t(`cannot:${fault}`))
        : null,
      element(
        "button",
        { className: "strong", type: "submit", disabled: isSending },
        isSending ? t("cannot:sending") : t("cannot:send"),
      ),
    );
    made.addEventListener("input", () => read(made));
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      read(made);
      void send();
    });
    return made;
  };
  const done = (given: string): HTMLElement =>
    element(
      "section",
      {},
      element("h2", {}, t("cannot:done")),
      element("p", { className: "large" }, `${t("cannot:number")} `, element("b", { testId: "number" }, given)),
      element("p", {}, t("cannot:doneNote")),
    );
  const draw = (): void => {
    document.title = t("cannot:title");
    const chooser = element("select", { ariaLabel: t("cannot:language") });
    for (const each of languages)
      chooser.append(element("option", { value: each, lang: each, selected: each === language }, languageName(each)));
    chooser.addEventListener("change", () => {
      if (isLanguage(chooser.value)) void speak(chooser.value);
    });
    root.replaceChildren(
      element("header", {}, element("h1", {}, t("cannot:title")), chooser),
      number === null ? form() : done(number),
      element("footer", {}, t("cannot:privacy")),
    );
    root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  draw();
};
