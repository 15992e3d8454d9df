import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleFacts } from "./document.fixture.ts";
import { documentHash, documentLines, documentSchema, documentText, type PaperDocument } from "./document.ts";
import { expectGolden } from "./golden-document.fixture.ts";
import { escapeHtml } from "../../basics/html.ts";
import { documentHtml, documentPage, qrSvg, type PaperMarks } from "./document-html.ts";
import { makeDocument, readTemplates, valueNames, type DocumentTemplate } from "./template.ts";
import { builtInTexts } from "./texts.ts";

const texts = builtInTexts();
const plain: PaperMarks = { copy: 0, printedAt: "", qr: null, review: null, signature: null, copyMark: "副本" };
const kinds = texts.templates.map(({ kind }) => kind);

describe("the documents that come with the program", () => {
  it.each(kinds)("%s reads as in its golden file", (kind) => {
    expectGolden(kind, makeDocument(texts, kind, sampleFacts()));
  });

  it("have the national codes 001, 002 and 003, a number, remedies with a refusal, and no gap left", () => {
    const codes = texts.templates.filter(({ code }) => code !== null).map(({ kind, code }) => [kind, code]);
    expect(codes).toEqual([
      ["acceptance", "001"],
      ["correction", "002"],
      ["refusal", "003"],
    ]);
    expect(documentLines(makeDocument(texts, "refusal", sampleFacts())).join("")).toMatch(
      /行政复议.*行政诉讼.*办不成事/,
    );
    for (const kind of kinds) {
      const document = makeDocument(texts, kind, sampleFacts());
      expect(documentSchema.safeParse(document).success).toBe(true);
      expect(document.number).toMatch(/〔2026〕20261123000001号$/);
      expect(documentText(document)).not.toMatch(/\{\{|undefined|null号/);
    }
  });

  it("say nothing of what does not apply", () => {
    const facts = sampleFacts({
      flags: { isLicence: false, isPublicService: true, isPackage: false, isCounter: true },
    });
    const lines = documentLines(makeDocument(texts, "acceptance", facts)).join("\n");
    expect(lines).not.toMatch(/行政许可法|一件事|代理人　/);
    expect(lines).toContain("予以受理");
  });
});

describe("a document", () => {
  it("has another hash when a single character changes, and the same when nothing does", () => {
    fc.assert(
      fc.property(fc.constantFrom(...valueNames), fc.string({ minLength: 1, maxLength: 30 }), (name, other) => {
        const facts = sampleFacts();
        const before = makeDocument(texts, "acceptance", facts);
        const after = makeDocument(texts, "acceptance", { ...facts, values: { ...facts.values, [name]: other } });
        const isSame = documentText(before) === documentText(after);
        expect(documentHash(before) === documentHash(after)).toBe(isSame);
        expect(documentHash(JSON.parse(documentText(after)) as PaperDocument)).toBe(documentHash(after));
      }),
    );
  });

  it("shows what people typed literally, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (typed) => {
        const facts = sampleFacts();
        const values = { ...facts.values, applicant: typed, reason: `<img src=x onerror=1>${typed}` };
        const materials = [{ n: "1", name: `"'><script>${typed}`, way: typed, copies: "1", original: "" }];
        for (const kind of ["acceptance", "refusal", "materialReceipt"]) {
          const document = makeDocument(texts, kind, { ...facts, values, lists: { ...facts.lists, materials } });
          const html = documentHtml(document, plain);
          expect(html).not.toMatch(/<(script|img)/);
          const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]);
          for (const tag of tags)
            expect(
              "article header p h1 h2 table tbody thead tr th td ul li footer div span figure figcaption strong",
            ).toContain(tag);
          if (kind === "acceptance") expect(html).toContain(escapeHtml(`${typed}：`));
        }
      }),
    );
  });

  it("takes a signature only as a PNG of our own form", () => {
    const document = makeDocument(texts, "acceptance", sampleFacts());
    const with_ = (signature: string): string => documentHtml(document, { ...plain, signature });
    expect(with_("data:image/png;base64,iVBORw0KGgo=")).toContain("<img");
    expect(with_('data:image/png;base64,x" onload="1')).not.toContain("<img");
    expect(with_("https://example.org/x.png")).not.toContain("<img");
  });

  it("is marked as a copy, with the time, when it is printed again; the text stays the same", () => {
    const document = makeDocument(texts, "acceptance", sampleFacts());
    const copy = documentPage(document, { ...plain, copy: 2, printedAt: "2026-11-24 09:00 第2次补打" });
    expect(copy).toContain("副本");
    expect(copy).toContain("第2次补打");
    expect(documentPage(document, plain)).not.toContain("副本");
  });

  it("draws each dark point of the QR code once, inside a quiet zone", () => {
    expect(qrSvg({ size: 2, points: "1001" })).toContain('d="M4 4h1v1h-1zM5 5h1v1h-1z"');
  });
});

describe("a hall's own texts", () => {
  const template: DocumentTemplate = {
    kind: "acceptance",
    code: null,
    title: "受理",
    titleEn: "Acceptance",
    number: "{{caseNumber}}",
    blocks: [{ text: "{{applicant}}" }],
    signatures: [],
  };
  const set = (...templates: unknown[]): unknown => ({
    version: "x",
    progressCaption: "查",
    sampleNote: "例",
    reviewCaption: "扫码评价",
    copyMark: "副本",
    copyNote: "{{n}}",
    words: texts.words,
    templates,
  });

  it("are refused with a sentence for each thing that is wrong", () => {
    const read = readTemplates(
      set(
        {
          ...template,
          number: "{{caseNumbr}}",
          blocks: [
            { text: "{{applicant", when: "isLicense" },
            { table: { of: "material", head: ["a"], row: ["{{n}}"] } },
            { table: { of: "lacks", head: ["a", "b"], row: ["{{nme}}"] } },
          ],
        },
        template,
      ),
    );
    expect(read).toEqual({
      ok: false,
      error: [
        "acceptance: {{caseNumbr}} is not known",
        'acceptance: "when": "isLicense" is not known',
        "acceptance: {{{{applicant}} is not known",
        'acceptance: there is no list "material"',
        "acceptance: {{nme}} is not known",
        'acceptance: the table of "lacks" has another number of heads than of columns',
        "acceptance is there twice",
      ],
    });
    expect(readTemplates(set(template)).ok).toBe(true);
  });

  it("of a wrong form are refused with the place", () => {
    const read = readTemplates(set({ ...template, blocks: [{ script: "alert(1)" }] }));
    expect(read.ok ? "" : read.error.join(" ")).toMatch(/templates\.0\.blocks\.0/);
    expect(readTemplates("nonsense").ok).toBe(false);
  });
});
