import { expect, it } from "vitest";
import { noMarks, paperOf } from "../../shared/testing/document-fixture.ts";
import { documentFileName } from "./document-file-name.ts";

it("names a file by the hall's day, also in the hours when UTC still has the day before", () => {
  const paper = { document: paperOf({ number: "办〔2026〕1号/2" }), marks: noMarks, utcOffsetMinutes: 480 };
  const early = Date.parse("2026-11-22T17:05:09Z");
  expect(documentFileName(paper, early)).toBe("办〔2026〕1号_2 20261123T010509.pdf");
  expect(documentFileName({ ...paper, marks: { ...noMarks, copy: 2 }, utcOffsetMinutes: 0 }, early)).toBe(
    "办〔2026〕1号_2 副本2 20261122T170509.pdf",
  );
});
