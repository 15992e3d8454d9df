import { describe, expect, test } from "vitest";
import { buildSampleCatalogue } from "./catalogue.fixture.ts";
import { createSearchIndex, searchCatalogue } from "./search.ts";
import { createWordSearch, glossOf, topicsFor, topicsIn, type ServiceWords, type WordHit } from "./word-search.ts";

const table: ServiceWords["topics"] = [
  { find: ["护照"], en: ["Passport"], de: ["Reisepass", "Pass"], ru: ["Загранпаспорт"] },
  { find: ["驾驶证"], en: ["Driving licence", "Driver license"], de: ["Führerschein"], ko: ["운전면허"] },
  { find: ["有限公司设立", "营业执照"], en: ["Business licence", "Business license"] },
  { find: ["机动车"], en: ["Vehicle", "Car"] },
  { find: ["居民身份证"], en: ["ID card"] },
  { find: ["公积金"], en: ["Housing fund"] },
  { find: ["火箭发射"], en: ["Rocket launch"] },
];
const index = createSearchIndex(buildSampleCatalogue().catalogue);
const search = (language: string) => createWordSearch(index, topicsIn(table, language));
const nameOf = ({ entry }: WordHit): string => (entry.kind === "item" ? entry.item.name : entry.package.name);
const labels = (query: string, language = "en"): string[] =>
  topicsFor(topicsIn(table, language), query).map(({ label }) => label);

describe("which words a query may mean", () => {
  test("given part of a word, its beginning counts, and what is nearly typed out comes first", () => {
    expect(labels("passp")).toEqual(["Passport"]);
    expect(labels("ca")).toEqual(["Vehicle", "ID card"]);
  });

  test("given words in another order or among others, those that it shares count", () => {
    expect(labels("fund housing")).toEqual(["Housing fund"]);
    expect(labels("renew my passport")).toEqual(["Passport"]);
    expect(labels("german driver license")).toEqual(["Driving licence"]);
  });

  test("given one Latin letter, nothing yet, or a word of none, nothing is guessed", () => {
    for (const query of ["p", "", "  ", "?!", "xyzzy"]) expect(labels(query)).toEqual([]);
  });

  test("given a keyboard without accents, words with them are found; English is understood in every language", () => {
    expect(labels("fuhrer", "de")).toEqual(["Führerschein"]);
    expect(labels("driving", "de")).toEqual(["Führerschein"]);
    expect(labels("운전", "ko")).toEqual(["운전면허"]);
    expect(labels("ЗАГРАН", "ru")).toEqual(["Загранпаспорт"]);
  });
});

describe("what is found by a word", () => {
  test("services with it in their names, each told by which word, without those that merely ask for such a paper", () => {
    const { hits } = search("en").ask("passport", 30);
    expect(hits.length).toBeGreaterThan(0);
    for (const hit of hits) {
      expect(nameOf(hit)).toContain("护照");
      expect(hit.topic).toBe("Passport");
    }
  });

  test("given no such name, what contains it: the packages with a housing fund among their members", () => {
    const { hits } = search("en").ask("housing fund", 30);
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every(({ entry }) => entry.kind === "package")).toBe(true);
  });

  test("given initials typed out, the name that they are of stays on top, and nothing is listed twice", () => {
    const { hits } = search("en").ask("jmsfzbljdcx", 30);
    expect(nameOf(hits[0]!)).toBe("居民身份证办理进度查询");
    const { hits: many } = search("en").ask("ca", 200);
    expect(new Set(many.map(({ entry }) => entry)).size).toBe(many.length);
  });

  test("given a word of which the hall has no service, nothing, and never more than asked for", () => {
    expect(search("en").ask("rocket launch", 30).hits).toEqual([]);
    expect(search("en").ask("vehicle", 4).hits).toHaveLength(4);
  });

  test("without words it is the plain search", () => {
    const plain = searchCatalogue(index, "护照", 30).map(({ entry }) => entry);
    const { topics, hits } = createWordSearch(index, []).ask("护照", 30);
    expect(topics).toEqual([]);
    expect(hits.map(({ entry }) => entry)).toEqual(plain);
  });
});

describe("what a service is about, for whoever cannot read its name", () => {
  const acts = [
    { find: ["进度查询"], en: ["Check progress"] },
    { find: ["查询"], en: ["Look up"] },
    { find: ["换发"], en: ["Renewal"], de: ["Erneuerung"] },
  ];
  const about = (name: string, language = "en") => glossOf(name, { topics: table, acts }, language);

  test("the things in its name and the one act that says most", () => {
    expect(about("换发普通护照办证进度查询")).toEqual(["Passport", "Check progress"]);
    expect(about("换发普通护照", "de")).toEqual(["Reisepass", "Erneuerung"]);
    expect(about("水利工程")).toEqual([]);
    expect(about("换发证书")).toEqual([]);
  });
});
