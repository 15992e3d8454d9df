import { clockOf } from "../../shared/basics/time.ts";
import { TICKET_CANCEL_PATH, TICKET_PAGE_PATH, type TicketPageView } from "../../shared/contract/ticket-page.ts";
import type { Language } from "../languages.ts";
import { askCenter } from "./ask.ts";
import { element } from "./draw.ts";
import { languageChooser } from "./language-chooser.ts";
import { firstLanguage, keepLanguage, loadTexts, nameIn, type T, type Texts } from "./texts.ts";

type Known = Exclude<TicketPageView, { state: "unknown" }>;

const files = import.meta.glob<Texts>("../locales/*/phone.json", { import: "default" });

/** What is asked when the line is down: often enough to come back, seldom enough for a slow one. */
const RETRY_MS = 8_000;

interface Page {
  view: TicketPageView | null;
  /** When the last answer came; the page says so while the line is down. */
  answeredAt: number | null;
  isDown: boolean;
  /** The address holds no key, or a part of one: asking again changes nothing. */
  isCut: boolean;
  isAskingToCancel: boolean;
  isCancelFailed: boolean;
  language: Language;
  t: T;
}

const numberList = (numbers: readonly number[], language: Language): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(numbers.map(String));

const ask = async (path: string, key: string): Promise<TicketPageView> => {
  const answer = await askCenter<TicketPageView>(path, { key });
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};

const waitText = ({ minutes, afterClosing }: Known, t: T): string =>
  minutes === null
    ? t(afterClosing === true ? "phone:wait.afterClosing" : "phone:wait.unknown")
    : minutes.from === minutes.to || minutes.from === 0
      ? t("phone:wait.upTo", { to: minutes.to })
      : t("phone:wait.range", { from: minutes.from, to: minutes.to });

const statusLines = (view: Known, { t, language }: Page): readonly (Node | null)[] => {
  const line = (text: string): Node => element("p", {}, text);
  switch (view.state) {
    case "waiting":
      return [
        element(
          "p",
          { className: "large", testId: "ahead" },
          view.ahead === 0 ? t("phone:aheadNone") : t("phone:ahead", { count: view.ahead }),
        ),
        line(waitText(view, t)),
        view.counters.length === 0
          ? line(t("phone:noCounter"))
          : line(t("phone:watch", { numbers: numberList(view.counters, language) })),
        view.stops > 0 ? line(t("phone:stops", { count: view.stops })) : null,
      ];
    case "called":
      return [
        element(
          "p",
          { className: "large", testId: "called" },
          t("phone:called", { counter: String(view.counter ?? "") }),
        ),
        line(t("phone:calledNote")),
      ];
    case "serving":
      return [element("p", { className: "large" }, t("phone:serving", { counter: String(view.counter ?? "") }))];
    case "parked":
      return [element("p", { className: "large" }, t("phone:parked")), line(t("phone:parkedNote"))];
    case "missed":
      return [element("p", { className: "large" }, t("phone:missed")), line(t("phone:missedNote"))];
    case "cancelled":
      return [element("p", { className: "large" }, t("phone:cancelled"))];
    case "done":
      return [
        element("p", { className: "large" }, t("phone:done")),
        ...(view.review === null ? [] : [element("a", { className: "large", href: view.review }, t("phone:review"))]),
      ];
    default:
      return view.state satisfies never;
  }
};

const unknownKey = ({ view, isCut }: Page): string =>
  isCut ? "phone:cutLink" : view === null ? "phone:loading" : "phone:unknown";

/** Draws the page anew: it is small, and nothing of it is typed into. */
const draw = (
  root: HTMLElement,
  page: Page,
  act: { cancel: () => void; choose: (language: Language) => void },
): void => {
  const { view, t, language } = page;
  const redraw = (change: Partial<Page>): void => {
    Object.assign(page, change);
    draw(root, page, act);
  };
  const known = view === null || view.state === "unknown" ? null : view;
  const mayCancel = known !== null && (known.state === "waiting" || known.state === "called");
  const chooser = languageChooser(t("phone:language"), language, act.choose);

  document.title =
    known === null
      ? t("phone:title")
      : known.state === "called"
        ? `‼ ${known.number}`
        : `${known.number} · ${t("phone:title")}`;
  document.body.dataset["state"] = known?.state ?? "unknown";
  root.replaceChildren(
    element(
      "header",
      {},
      element("span", {}, known === null ? t("phone:title") : nameIn(known.hall, language)),
      chooser,
    ),
    known?.sample === true ? element("p", { className: "note" }, t("phone:sample")) : "",
    page.isDown
      ? element(
          "p",
          { className: "note", testId: "down" },
          page.answeredAt === null || known === null
            ? t("phone:down")
            : t("phone:downSince", { time: clockOf(page.answeredAt, known.utcOffsetMinutes) }),
        )
      : "",
    ...(known === null
      ? [element("p", { testId: "unknown" }, t(unknownKey(page)))]
      : [
          element("h1", { testId: "number" }, known.number),
          element("p", {}, nameIn(known.business, language)),
          element("section", {}, ...statusLines(known, page)),
        ]),
    mayCancel && !page.isAskingToCancel
      ? element("button", { type: "button", onclick: () => redraw({ isAskingToCancel: true }) }, t("phone:cancel"))
      : "",
    mayCancel && page.isAskingToCancel
      ? element(
          "section",
          { className: "ask" },
          element("p", {}, t("phone:cancelAsk", { number: known.number })),
          element("button", { type: "button", className: "strong", onclick: act.cancel }, t("phone:cancelYes")),
          element(
            "button",
            { type: "button", onclick: () => redraw({ isAskingToCancel: false }) },
            t("phone:cancelNo"),
          ),
        )
      : "",
    page.isCancelFailed ? element("p", { className: "note" }, t("phone:cancelFailed")) : "",
    known === null
      ? ""
      : element("footer", {}, t("phone:updated", { time: clockOf(known.now, known.utcOffsetMinutes) })),
  );
};

/**
 * Runs the page of the ticket whose key stands behind the # of the address: asks the node, draws, and asks again when the
 * answer says so. While the line is down it keeps the last answer and says from when it is.
 */
export const startTicketPage = async (root: HTMLElement): Promise<void> => {
  const key = location.hash.slice(1);
  const language = firstLanguage();
  const t = (await loadTexts(files, language)) ?? ((text: string): string => text);
  const page: Page = {
    view: null,
    answeredAt: null,
    isDown: false,
    isCut: false,
    isAskingToCancel: false,
    isCancelFailed: false,
    language,
    t,
  };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (view: TicketPageView): void => {
    const isNewCall = view.state === "called" && page.view?.state !== "called";
    // Phones without a vibrator, or whose owner has not touched the page, do nothing.
    if (isNewCall && "vibrate" in navigator) navigator.vibrate([400, 200, 400]);
    Object.assign(page, { view, isDown: false, answeredAt: view.state === "unknown" ? null : view.now });
  };
  const again = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  };
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      take(await ask(TICKET_PAGE_PATH, key));
    } catch (error) {
      page.isCut = error instanceof Error && error.message === "bad_request";
      page.isDown = !page.isCut;
    }
    draw(root, page, act);
    if (page.isCut) return;
    again(page.isDown || page.view === null ? RETRY_MS : page.view.againMs);
  };
  const act = {
    cancel: (): void => {
      void ask(TICKET_CANCEL_PATH, key)
        .then((view) => {
          take(view);
          page.isCancelFailed = false;
        })
        .catch(() => {
          page.isCancelFailed = true;
        })
        .finally(() => {
          page.isAskingToCancel = false;
          draw(root, page, act);
        });
    },
    choose: (next: Language): void => {
      void loadTexts(files, next).then((loaded) => {
        if (loaded !== null) {
          keepLanguage(next);
          Object.assign(page, { language: next, t: loaded });
        }
        draw(root, page, act);
      });
    },
  };
  // A phone that was in a pocket shows what is so now, not what was.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look();
  });
  addEventListener("online", () => void look());
  addEventListener("hashchange", () => location.reload());
  draw(root, page, act);
  await look();
};
