import { expect, it } from "vitest";
import { testPlan } from "../../testing/hall-fixture.ts";
import { documentSchema } from "../document/document.ts";
import { expectGolden } from "../document/golden-document.fixture.ts";
import { surveyPaper } from "./survey-paper.ts";

it("tells on the sheet of a questionnaire who asks, until when, and that nobody is named", () => {
  const url = "https://hall.example.gov.cn/survey/hall-1/abc";
  const paper = surveyPaper(testPlan(), { by: "某调查公司", url, until: "2026-12-24" }, "2026-11-24");
  expect(documentSchema.safeParse(paper).error).toBeUndefined();
  expect(paper.progress?.url).toBe(url);
  expectGolden("survey", paper);
});
