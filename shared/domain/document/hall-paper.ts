import type { HallPlan } from "../hall/plan.ts";
import type { PaperDocument } from "./document.ts";
import texts from "./hall-paper.zh-CN.json" with { type: "json" };

/** A paper of the hall that belongs to no application: its head, and the mark of a hall with sample data. */
export const hallPaper = (
  plan: HallPlan,
  own: Omit<PaperDocument, "format" | "code" | "letterhead" | "letterheadEn" | "sampleNote">,
): PaperDocument => ({
  format: 1,
  code: null,
  letterhead: plan.name,
  letterheadEn: plan.nameEn,
  sampleNote: plan.sample ? texts.sampleNote : null,
  ...own,
});
