import type { AppointmentView } from "../../shared/contract/appointment-page.ts";
import type { Language } from "../languages.ts";
import { element } from "../phone/draw.ts";
import { languageChooser } from "../phone/language-chooser.ts";
import { nameIn } from "../phone/texts.ts";
import type { FieldName, Model } from "./model.ts";

/** What the page does when something on it is touched. */
export interface Acts {
  readonly choose: (language: Language) => void;
  readonly change: (next: Partial<Model>) => void;
  readonly openDay: (day: string) => void;
  readonly book: () => void;
  readonly find: () => void;
  readonly cancel: () => void;
  readonly restart: () => void;
}

/** A day of the calendar in words of the language, e.g. 11月24日 周二. */
const dayText = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short", timeZone: "UTC" }).format(
    Date.parse(`${day}T00:00:00Z`),
  );

const button = (text: string, onclick: () => void, more: object = {}): HTMLButtonElement =>
  element("button", { type: "button", onclick, ...more }, text);

const heading = (text: string): HTMLElement => element("h2", { tabIndex: -1 }, text);

const choice = (title: string, note: string | null, properties: object): HTMLElement =>
  element(
    "li",
    {},
    element("button", { type: "button", ...properties }, title, note === null ? null : element("small", {}, note)),
  );

const field = (name: FieldName, { t, fields, faults }: Model, more: Partial<HTMLInputElement> = {}): HTMLElement => {
  const fault = faults[name];
  const input = element("input", { name, value: fields[name], autocomplete: "off", spellcheck: false, ...more });
  input.setAttribute("aria-invalid", String(fault !== undefined));
  input.setAttribute("aria-describedby", `${name}-note`);
  return element(
    "label",
    {},
    element("span", {}, t(`appointment:field.${name}`)),
    input,
    element(
      "small",
      { id: `${name}-note`, className: fault === undefined ? "" : "fault" },
      t(fault ?? `appointment:note.${name}`),
    ),
  );
};

const form = (send: () => void, ...children: readonly (Node | null)[]): HTMLElement => {
  const made = element("form", { noValidate: true }, ...children);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return made;
};

const submit = ({ t, isAsking }: Model, text: string): HTMLElement =>
  element(
    "button",
    { type: "submit", className: "strong", disabled: isAsking },
    isAsking ? t("appointment:asking") : text,
  );

const problemOf = ({ problem }: Model): HTMLElement | null =>
  problem === null ? null : element("p", { className: "fault", role: "alert", testId: "problem" }, problem);

/** Day and time on a line each: a range that broke would read backwards from right to left. */
const when = ({ language }: Model, { day, from, to }: Pick<AppointmentView, "day" | "from" | "to">): HTMLElement =>
  element(
    "p",
    { className: "large", testId: "when" },
    dayText(day, language),
    element("br"),
    element("bdi", {}, `${from}–${to}`),
  );

const heldView = (model: Model, held: AppointmentView, acts: Acts): readonly (Node | null)[] => {
  const { t, language, isAsking } = model;
  const state = t(`appointment:state.${held.state}`, { number: held.number ?? "" });
  return [
    heading(model.isNew && held.state === "booked" ? t("appointment:done") : state),
    element("p", { className: "large" }, nameIn(held.business, language)),
    when(model, held),
    held.state === "booked"
      ? element(
          "section",
          {},
          element("p", {}, t("appointment:field.code")),
          element("p", { className: "code", testId: "code" }, `${held.code.slice(0, 4)} ${held.code.slice(4)}`),
          element("p", {}, t("appointment:keep")),
          element("p", {}, t("appointment:checkIn", { early: held.earlyMinutes, late: held.lateMinutes })),
        )
      : null,
    problemOf(model),
    held.state !== "booked" || model.isAskingToCancel
      ? null
      : button(t("appointment:cancel"), () => acts.change({ isAskingToCancel: true }), { testId: "cancel" }),
    model.isAskingToCancel
      ? element(
          "section",
          {},
          element("p", {}, t("appointment:cancelAsk")),
          button(isAsking ? t("appointment:asking") : t("appointment:cancelYes"), acts.cancel, {
            className: "strong",
            disabled: isAsking,
            testId: "cancel-yes",
          }),
          button(t("appointment:cancelNo"), () => acts.change({ isAskingToCancel: false })),
        )
      : null,
    button(t("appointment:other"), acts.restart),
  ];
};

const findView = (model: Model, acts: Acts): readonly (Node | null)[] => [
  heading(model.t("appointment:mine")),
  form(
    acts.find,
    field("code", model, { inputMode: "numeric", maxLength: 12 }),
    field("idNumber", model, { maxLength: 40, autocapitalize: "characters" }),
    problemOf(model),
    submit(model, model.t("appointment:find")),
  ),
];

const makeView = (model: Model, acts: Acts): readonly (Node | null)[] => {
  const { t, language, offer, businessId, day, slots, from } = model;
  if (offer === null) return [];
  if (offer.businesses.length === 0) return [element("p", { className: "note" }, t("appointment:none"))];
  const business = offer.businesses.find(({ id }) => id === businessId);
  if (business === undefined)
    return [
      heading(t("appointment:which")),
      element(
        "ul",
        { className: "choices wide" },
        ...offer.businesses.map((each) =>
          choice(nameIn(each, language), null, {
            testId: `business-${each.id}`,
            onclick: () => acts.change({ businessId: each.id }),
          }),
        ),
      ),
    ];
  const name = element("p", { className: "large" }, nameIn(business, language));
  if (day === null)
    return [
      name,
      heading(t("appointment:whichDay")),
      problemOf(model),
      element(
        "ul",
        { className: "choices" },
        ...business.days.map((each) =>
          choice(dayText(each, language), null, { testId: `day-${each}`, onclick: () => acts.openDay(each) }),
        ),
      ),
      button(t("appointment:back"), () => acts.change({ businessId: null, problem: null })),
    ];
  if (slots === null) return [name, element("p", { role: "status" }, t("appointment:asking"))];
  const slot = slots.find((each) => each.from === from);
  if (slot === undefined)
    return [
      name,
      element("p", {}, dayText(day, language)),
      heading(t("appointment:whichTime")),
      problemOf(model),
      slots.every(({ free }) => free === 0)
        ? element("p", { className: "note", testId: "day-full" }, t("appointment:dayFull"))
        : null,
      element(
        "ul",
        { className: "choices" },
        ...slots.map((each) =>
          choice(
            `${each.from}–${each.to}`,
            each.free === 0 ? t("appointment:full") : t("appointment:free", { count: each.free }),
            {
              testId: `slot-${each.from}`,
              disabled: each.free === 0,
              onclick: () => acts.change({ from: each.from, problem: null }),
            },
          ),
        ),
      ),
      button(t("appointment:back"), () => acts.change({ day: null, slots: null, problem: null })),
    ];
  return [
    name,
    when(model, { ...slot, day }),
    heading(t("appointment:who")),
    form(
      acts.book,
      field("name", model, { maxLength: 60, autocomplete: "name" }),
      field("idNumber", model, { maxLength: 40, autocapitalize: "characters" }),
      field("phone", model, { maxLength: 30, type: "tel", autocomplete: "tel" }),
      problemOf(model),
      submit(model, t("appointment:confirm")),
    ),
    button(t("appointment:back"), () => acts.change({ from: null, problem: null, faults: {} })),
    element("p", { className: "note" }, t("appointment:privacy")),
  ];
};

/** Which step stands there: when it changes, the new one's heading takes the focus. */
const stepOf = ({ tab, businessId, day, from, held, isAskingToCancel }: Model): string =>
  [tab, businessId, day, from, held?.state, isAskingToCancel].join("/");

/** Draws the page anew: it is small, and what was typed stands in the model. */
export const drawPage = (root: HTMLElement, model: Model, acts: Acts): void => {
  const { t, language, offer, held, tab } = model;
  document.title = t("appointment:title");
  const tabButton = (each: Model["tab"]): HTMLElement => {
    const made = button(t(`appointment:${each}`), () => acts.change({ tab: each, problem: null, faults: {} }), {
      testId: `tab-${each}`,
    });
    made.setAttribute("aria-current", String(tab === each));
    return made;
  };
  const step = stepOf(model);
  const isNewStep = root.dataset["step"] !== undefined && root.dataset["step"] !== step;
  root.dataset["step"] = step;
  root.replaceChildren(
    element(
      "header",
      {},
      element("h1", {}, t("appointment:title")),
      languageChooser(t("appointment:language"), language, acts.choose),
    ),
    offer === null
      ? element("p", { role: "status", testId: "loading" }, model.problem ?? t("appointment:loading"))
      : element("p", {}, nameIn(offer.hall, language)),
    offer?.sample === true ? element("p", { className: "note" }, t("appointment:sample")) : "",
    ...(offer === null
      ? []
      : held !== null
        ? heldView(model, held, acts)
        : [
            element("nav", { className: "tabs" }, tabButton("make"), tabButton("mine")),
            ...(tab === "make" ? makeView(model, acts) : findView(model, acts)),
          ]
    ).filter((child) => child !== null),
  );
  const wrong = root.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (wrong !== null) wrong.focus();
  else if (isNewStep) root.querySelector("h2")?.focus();
};
