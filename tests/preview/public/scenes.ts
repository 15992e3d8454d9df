import type { Page } from "@playwright/test";
import type { ApplicantView } from "../../../shared/domain/document/applicant-view.ts";
import { makeDocument } from "../../../shared/domain/document/template.ts";
import { builtInTexts } from "../../../shared/domain/document/texts.ts";
import { sampleFacts } from "../../../shared/domain/document/document.fixture.ts";

type Step = (page: Page) => Promise<unknown>;

/** A state of a public screen, and the hands that bring it about. */
export interface Scene {
  readonly name: string;
  readonly role: "kiosk" | "display" | "review";
  readonly query?: string;
  readonly steps?: readonly Step[];
  /** The face of its screen: looked at in every language. */
  readonly isMain?: boolean;
}

const way =
  (at: number): Step =>
  (page) =>
    page.locator(".way-tiles button").nth(at).click();
const errand =
  (key: string): Step =>
  (page) =>
    page.locator(`[data-errand="${key}"]`).click();
/** Types a ticket's number and its check at the kiosk. */
const ticketTyped: readonly Step[] = [
  errand("review"),
  (page) => page.keyboard.type("B001"),
  (page) => page.locator(".kiosk-next").click(),
];
const checkTyped: readonly Step[] = [
  ...ticketTyped,
  (page) => page.keyboard.type("1234"),
  (page) => page.locator(".kiosk-next").click(),
];
const business: Step = (page) => page.locator(".business-tile").nth(1).click();
const identify: readonly Step[] = [business, (page) => page.locator(".confirm-buttons button").first().click()];
const takeAnonymously: Step = async (page) => {
  await page.locator('[data-way="none"]').click();
  await page.locator("[data-print]:not([data-print=printing])").waitFor();
};
const outOfPaper: Step = (page) =>
  page.evaluate(() => window.preview.setPrinter({ ok: false, error: { code: "out_of_paper" } }));
const level =
  (value: number): Step =>
  (page) =>
    page.locator(`[data-level="${String(value)}"]`).click();
const invite: Step = (page) =>
  page.evaluate(() => {
    window.preview.begin("1");
    window.preview.end("1");
  });
const offline: Step = (page) =>
  page.evaluate(() =>
    window.preview.terminal.fake.setConnection({ link: "offline", lastHeardAt: Date.now() - 60_000 }),
  );
/** Longer than anybody looks at it, with two digits as in the hall. */
const pause: Step = (page) => page.evaluate(() => window.preview.pause(99_000));
const outOfService: Step = async (page) => {
  await page.evaluate(() => window.preview.terminal.fake.takeOutOfService());
  await page.locator(".out-of-service section").nth(8).waitFor();
};
const notices: Step = (page) =>
  page.evaluate(() => {
    for (const tone of ["info", "urgent"] as const) window.preview.publish(tone);
  });

/** What the window shows the person in front of it, sent as another tab of the browser sends it. */
const applicant =
  (view: ApplicantView): Step =>
  async (page) => {
    await page.evaluate(
      ([shown, name]) => {
        const channel = new BroadcastChannel(name);
        const screen = { counterId: "1", counterNumber: 1, state: "serving", number: "B007", review: null };
        channel.postMessage({ ...screen, applicant: shown });
      },
      [view, "service-hall-counter-screen"] as const,
    );
    await page.locator(".applicant").waitFor();
  };
const request = { requestId: "r1" } as const;
const typed: ApplicantView = {
  kind: "typed",
  ...request,
  sections: [
    {
      title: "申请人",
      rows: [
        ["姓名", "张伟"],
        ["证件号码", "1101**********002X"],
        ["联系电话", "138****8000"],
      ],
    },
  ],
  missing: ["经营场所平面布局图", "食品安全管理制度"],
  isDraft: false,
};
const paper: ApplicantView = {
  kind: "paper",
  ...request,
  documentId: "d1",
  document: makeDocument(builtInTexts(), "acceptance", sampleFacts()),
  signer: "applicant",
};
const toSign: Step = async (page) => {
  // A button to sign comes to life when the end of the paper has been seen.
  await page.locator(".applicant .scroll-area-view").evaluate((view) => view.scrollTo({ top: view.scrollHeight }));
  await page.locator(".applicant-end .big-button-primary:enabled").click();
  await page.locator(".applicant canvas").waitFor();
};

export const scenes: readonly Scene[] = [
  { name: "kiosk start", role: "kiosk", isMain: true },
  { name: "kiosk start off-line", role: "kiosk", steps: [offline] },
  { name: "kiosk notices", role: "kiosk", steps: [notices] },
  {
    name: "kiosk languages",
    role: "kiosk",
    steps: [(page) => page.locator(".language-opener").click()],
  },
  { name: "kiosk search", role: "kiosk", steps: [way(0), (page) => page.keyboard.type("fapiao")] },
  { name: "kiosk search words", role: "kiosk", steps: [way(0)] },
  { name: "kiosk search by word", role: "kiosk", steps: [way(0), (page) => page.keyboard.type("passport")] },
  { name: "kiosk search nothing", role: "kiosk", steps: [way(0), (page) => page.keyboard.type("qxqx")] },
  { name: "kiosk life events", role: "kiosk", steps: [way(1)] },
  { name: "kiosk packages", role: "kiosk", steps: [way(2)] },
  { name: "kiosk departments", role: "kiosk", steps: [way(4)] },
  { name: "kiosk ask", role: "kiosk", steps: [way(5)] },
  {
    name: "kiosk guide",
    role: "kiosk",
    steps: [way(2), (page) => page.locator(".entry-list button").nth(6).click()],
  },
  { name: "kiosk check-in", role: "kiosk", steps: [errand("checkIn")] },
  { name: "kiosk appointment", role: "kiosk", steps: [errand("book")] },
  { name: "kiosk progress", role: "kiosk", steps: [errand("progress")] },
  { name: "kiosk review number", role: "kiosk", steps: [errand("review")] },
  { name: "kiosk review check", role: "kiosk", steps: ticketTyped },
  { name: "kiosk review faces", role: "kiosk", steps: checkTyped },
  { name: "kiosk review bad", role: "kiosk", steps: [...checkTyped, level(1)] },
  { name: "kiosk reprint", role: "kiosk", steps: [errand("reprint")] },
  { name: "kiosk confirm", role: "kiosk", steps: [business] },
  { name: "kiosk no counter", role: "kiosk", query: "scene=closed", steps: [business] },
  { name: "kiosk identify", role: "kiosk", steps: identify },
  { name: "kiosk number", role: "kiosk", isMain: true, steps: [...identify, takeAnonymously] },
  { name: "kiosk out of paper", role: "kiosk", steps: [outOfPaper, ...identify, takeAnonymously] },
  { name: "kiosk pause", role: "kiosk", steps: [pause] },
  { name: "kiosk out of service", role: "kiosk", steps: [outOfService] },
  { name: "board", role: "display", isMain: true },
  { name: "board turned", role: "display", query: "turn=90" },
  { name: "board call", role: "display", steps: [(page) => page.evaluate(() => window.preview.recall("2"))] },
  { name: "board stale", role: "display", steps: [offline] },
  { name: "board notices", role: "display", steps: [notices] },
  { name: "board empty", role: "display", query: "scene=empty" },
  { name: "board controls", role: "display", steps: [(page) => page.mouse.click(5, 5)] },
  { name: "review counter", role: "review", isMain: true },
  { name: "review closed", role: "review", query: "scene=closed" },
  { name: "review faces", role: "review", isMain: true, steps: [invite] },
  { name: "review typed", role: "review", query: "display=second", steps: [applicant(typed)] },
  { name: "review paper", role: "review", query: "display=second", steps: [applicant(paper)] },
  { name: "review sign", role: "review", query: "display=second", steps: [applicant(paper), toSign] },
  { name: "review bad", role: "review", steps: [invite, level(1)] },
  {
    name: "review thanks",
    role: "review",
    steps: [invite, level(4), (page) => page.locator(".review-end .big-button-primary").click()],
  },
  {
    name: "review words",
    role: "review",
    steps: [invite, level(2), (page) => page.locator(".review-fields button").first().click()],
  },
];

/** What each screen is shown on: a kiosk stands, a board hangs, a tablet lies. */
export const sizeOf = {
  kiosk: { width: 1080, height: 1920 },
  display: { width: 1920, height: 1080 },
  review: { width: 1280, height: 800 },
} as const;
