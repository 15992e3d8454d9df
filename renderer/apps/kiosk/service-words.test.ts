import { describe, expect, test } from "vitest";
import { buildSampleCatalogue } from "../../../shared/domain/catalogue/catalogue.fixture.ts";
import { createSearchIndex } from "../../../shared/domain/catalogue/search.ts";
import {
  createWordSearch,
  glossOf,
  serviceWordsSchema,
  topicsIn,
} from "../../../shared/domain/catalogue/word-search.ts";
import { languages } from "../../languages.ts";
import words from "../../locales/service-words.json" with { type: "json" };

/* The words themselves, against the real services of the sample hall. */

const parsed = serviceWordsSchema.parse(words);
const table = parsed.topics;
const guests = languages.filter((language) => language !== "zh-CN");
const index = createSearchIndex(buildSampleCatalogue().catalogue);

describe("words of everyday life for the search", () => {
  test.each(guests)("%s: has every word, and no two are the same to choose from", (language) => {
    for (const row of [...table, ...parsed.acts])
      expect(row[language]?.[0], `${row.find[0] ?? ""} in ${language}`).toBeTruthy();
    const labels = topicsIn(table, language).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test.each(guests)("%s: every word that can be chosen is understood as itself and leads to services", (language) => {
    const search = createWordSearch(index, topicsIn(table, language));
    for (const { label } of search.topics) {
      const { topics, hits } = search.ask(label, 30);
      expect(topics[0]?.label, label).toBe(label);
      expect(hits.length, label).toBeGreaterThan(0);
      expect(hits[0]?.topic, label).toBe(label);
    }
  });

  test("two services of three say what they are about, and none what is done without to what", () => {
    const topicsAlone = { ...parsed, acts: [] };
    const told = index.originals.filter((name) => glossOf(name, topicsAlone, "en").length > 0);
    expect(told.length / index.originals.length).toBeGreaterThan(0.65);
    const lines = index.originals.filter((name) => glossOf(name, parsed, "en").length > 0);
    expect(lines).toEqual(told);
  });

  test.each([
    ["技工学校的设立审批(省属技工学校终止办学)", ["School", "Suspension or ending"]],
    ["对股权出质撤销登记", ["Company shares", "Revocation"]],
    ["对股权出质注销登记", ["Company shares", "Cancellation"]],
    ["停业登记", []],
    ["企业注销登记“一件事”", ["Close a company", "Cancellation"]],
    ["国家统一法律职业资格考试违纪行为处理", ["Exam", "Professional qualification", "Misconduct, penalties"]],
    ["台湾居民申请在大陆从事律师职业许可", ["Taiwan residents", "Lawyer", "Permit"]],
    ["中国税收居民身份证明的开具", ["Tax", "Certificate"]],
    ["暂停企业职工养老保险待遇申请", ["Pension", "Suspension or ending"]],
    ["恢复企业职工养老保险待遇申请", ["Pension", "Resumption"]],
    ["用电服务暂停恢复", ["Electricity", "Resumption"]],
    ["专职律师执业许可(在我省注销律师执业证书后重新申请执业)", ["Lawyer", "Permit"]],
    ["内地律师事务所向香港律师事务所驻粤代表机构派驻、撤销内地律师担任内地法律顾问备案", ["Lawyer", "Record filing"]],
  ])("“%s” is not told as something else", (name, line) => {
    expect(glossOf(name, parsed, "en")).toEqual(line);
  });

  test("a paper of who lives where is no ID card", () => {
    const { hits } = createWordSearch(index, topicsIn(table, "en")).ask("ID card", 100);
    const names = hits.map(({ entry }) => (entry.kind === "item" ? entry.item.name : entry.package.name));
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain("中国税收居民身份证明的开具");
  });

  test.each(["Fuehrerschein", "FÜHRERSCHEIN", "Fuhrerschein"])("German “%s” is found as it is typed", (query) => {
    expect(createWordSearch(index, topicsIn(table, "de")).ask(query, 5).topics[0]?.label).toBe("Führerschein");
  });

  test.each(["Straßen", "Strassen", "strassenv"])("German “%s” is found with ß and with ss", (query) => {
    expect(createWordSearch(index, topicsIn(table, "de")).ask(query, 5).topics[0]?.label).toBe(
      query === "strassenv" ? "Güterverkehr" : "Straßen",
    );
  });

  test("German “Brand” is a fire before it is a trade mark", () => {
    const labels = createWordSearch(index, topicsIn(table, "de"))
      .ask("brand", 5)
      .topics.map(({ label }) => label);
    expect(labels.slice(0, 2)).toEqual(["Brandschutz", "Marke"]);
  });

  test.each([
    ["passport", /护照/],
    ["business license", /企业开办|设立登记/],
    ["tax", /税/],
    ["housing fund", /一件事/],
    ["driver's license", /驾驶证/],
    ["work permit", /外国/],
    ["get married", /结婚/],
  ])("somebody who types “%s” sees it on top", (query, name) => {
    const entry = createWordSearch(index, topicsIn(table, "en")).ask(query, 30).hits[0]?.entry;
    expect(entry?.kind === "item" ? entry.item.name : entry?.package.name).toMatch(name);
  });
});
