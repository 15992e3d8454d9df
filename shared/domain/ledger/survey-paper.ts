import { fillText } from "../../basics/fill-text.ts";
import type { Day } from "../../basics/time.ts";
import type { PaperDocument } from "../document/document.ts";
import { hallPaper } from "../document/hall-paper.ts";
import type { HallPlan } from "../hall/plan.ts";
import texts from "./survey-texts.zh-CN.json" with { type: "json" };

/**
 * The sheet with the code of an anonymous questionnaire, which a third party lays out or hands out.
 * @param asked who asks, where the questionnaire is, and the last day on which it is open
 */
export const surveyPaper = (
  plan: HallPlan,
  asked: { readonly by: string; readonly url: string; readonly until: Day },
  today: Day,
): PaperDocument =>
  hallPaper(plan, {
    kind: "survey",
    template: "survey-1",
    title: texts.title,
    titleEn: texts.titleEn,
    number: fillText(texts.number, { until: asked.until }),
    blocks: [
      { kind: "text", text: texts.how, addressee: true },
      { kind: "text", text: texts.howEn, addressee: true },
      { kind: "text", text: texts.anonymous, addressee: true },
      { kind: "text", text: fillText(texts.by, { by: asked.by }), addressee: true },
    ],
    signatures: [],
    date: today,
    progress: { url: asked.url, caption: texts.caption },
  });
