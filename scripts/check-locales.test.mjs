import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkLocales } from "./check-locales.mjs";

const made = [];
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A project with these files; texts and settings may be given as values. */
const problemsOf = (files) => {
  const root = mkdtempSync(join(tmpdir(), "locales-"));
  made.push(root);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return checkLocales(root);
};

const zh = "renderer/locales/zh-CN/kiosk.json";
const en = "renderer/locales/en/kiosk.json";
const code = "renderer/apps/kiosk/home.tsx";
const use = (...keys) => keys.map((key) => `t(${JSON.stringify(key)});`).join("\n");

describe("texts of two languages", () => {
  it("is content when both have the same keys and code uses them", () => {
    const files = { [zh]: { home: { title: "取号" } }, [en]: { home: { title: "Take a number" } } };
    expect(problemsOf({ ...files, [code]: use("kiosk:home.title") })).toEqual([]);
  });

  it("names a key that one language lacks, either way", () => {
    const files = { [zh]: { a: "甲" }, [en]: { b: "B text" }, [code]: use("kiosk:a") };
    expect(problemsOf(files)).toEqual([
      "kiosk:a is missing in en (it is in zh-CN).",
      "kiosk:b is missing in zh-CN (it is in en).",
    ]);
  });

  it("wants the plural forms of each language and no more", () => {
    const right = { [zh]: { n_other: "{{count}} 人" }, [en]: { n_one: "one person", n_other: "{{count}} people" } };
    expect(problemsOf({ ...right, [code]: use("kiosk:n") })).toEqual([]);
    const wrong = { ...right, [en]: { n_other: "{{count}} people" } };
    expect(problemsOf({ ...wrong, [code]: use("kiosk:n") })).toEqual(["kiosk:n_one is missing in en."]);
  });

  it("compares placeholders and tags", () => {
    const files = { [zh]: { a: "{{name}}<b>好</b>" }, [en]: { a: "Hello {{nmae, upper}}" }, [code]: use("kiosk:a") };
    expect(problemsOf(files)).toEqual([
      "kiosk:a: placeholder name, nmae is in only one of zh-CN, en.",
      "kiosk:a: tag b is in only one of zh-CN, en.",
    ]);
  });

  it("finds narrow signs beside Chinese, in texts and in code", () => {
    const files = {
      [zh]: { a: "请稍候,再试(一次)。", b: "宽 40,50（厘米）" },
      [en]: { a: "Wait, then try again.", b: "40, 50 wide" },
      [code]: `${use("kiosk:a", "kiosk:b")}\nsay("连不上:请看网线");`,
    };
    expect(problemsOf(files)).toEqual([
      'kiosk:a in zh-CN: narrow signs in "请稍候,再试(一次)。".',
      `${code}: narrow signs in "连不上:请看网线".`,
    ]);
  });

  it("finds English left in the Chinese, apart from allowed texts, F-keys and placeholders", () => {
    const files = {
      [zh]: { a: "Next", b: "F5", c: "{{n}} %", d: "PDF" },
      [en]: { a: "Next", b: "F5", c: "{{n}} %", d: "PDF" },
      "renderer/locales/latin-texts.json": ["PDF"],
      [code]: use("kiosk:a", "kiosk:b", "kiosk:c", "kiosk:d"),
    };
    expect(problemsOf(files)).toEqual(['kiosk:a is not Chinese in zh-CN: "Next".']);
  });
});

describe("texts of nine languages", () => {
  const languages = { "zh-CN": { staff: true }, en: { staff: true }, ru: { staff: false } };
  const ru = "renderer/locales/ru/kiosk.json";
  const base = {
    "renderer/locales/languages.json": languages,
    "renderer/locales/public-texts.json": ["kiosk"],
    [zh]: { n_other: "{{count}} 人" },
    [en]: { n_one: "{{count}} person", n_other: "{{count}} people" },
    [code]: use("kiosk:n"),
  };
  const russian = { n_one: "{{count}} человек", n_few: "{{count}} человека", n_many: "{{count}} человек" };

  it("wants a public text in each of them, with every plural form that the language has", () => {
    expect(problemsOf({ ...base, [ru]: { ...russian, n_other: "{{count}} человека" } })).toEqual([]);
    expect(problemsOf({ ...base, [ru]: russian })).toEqual(["kiosk:n_other is missing in ru."]);
    expect(problemsOf(base)).toEqual(["kiosk:n is missing in ru (it is in zh-CN)."]);
  });

  it("lets a new text wait for its translation when that is noted, and only as long as it waits", () => {
    const noted = { ...base, "renderer/locales/awaiting.json": ["kiosk:n"] };
    expect(problemsOf(noted)).toEqual([]);
    expect(problemsOf({ ...noted, [ru]: { ...russian, n_other: "{{count}} человека" } })).toEqual([
      expect.stringContaining("kiosk:n is in awaiting.json and is translated"),
    ]);
  });

  it("keeps staff texts out of them, and languages that nobody listed", () => {
    const staff = { [zh]: {}, [en]: {}, [code]: use("window:a") };
    const texts = {
      "renderer/locales/zh-CN/window.json": { a: "甲" },
      "renderer/locales/en/window.json": { a: "A a" },
    };
    expect(problemsOf({ ...base, ...staff, ...texts })).toEqual([]);
    expect(problemsOf({ ...base, ...staff, ...texts, "renderer/locales/ru/window.json": { a: "А" } })).toEqual([
      "window:a is a staff text and stands in ru.",
    ]);
    expect(problemsOf({ ...base, ...staff, ...texts, "renderer/locales/xx/window.json": { a: "x" } })).toEqual([
      "renderer/locales/xx: not a language of languages.json.",
    ]);
  });
});

describe("texts and code", () => {
  const both = (texts) => ({ [zh]: texts, [en]: texts });

  it("names a text that code uses and nobody wrote, with its line", () => {
    const files = { ...both({ a: "甲" }), [code]: `t("kiosk:a");\nt(ok ? "kiosk:a" : "kiosk:gone")` };
    expect(problemsOf(files)).toEqual([`${code}:2 uses the text "kiosk:gone", which does not exist.`]);
  });

  it("knows useTranslation, keyPrefix and i18nKey", () => {
    const source = `
      const { t } = useTranslation("kiosk", { keyPrefix: "home" });
      t("title");
      const x = <Trans i18nKey="kiosk:home.text" />;`;
    expect(problemsOf({ ...both({ home: { title: "取号", text: "请取号" } }), [code]: source })).toEqual([]);
  });

  it("counts keys put together from a head, dynamic prefixes and literals in tables as used", () => {
    const files = {
      ...both({ state: { free: "空闲" }, level: { one: "好" }, tab: "票", lost: "无" }),
      "renderer/locales/dynamic-keys.json": ["kiosk:level."],
      [code]: 't(`kiosk:state.${state}`); const tabs = [{ label: "kiosk:tab" }];',
    };
    expect(problemsOf(files)).toEqual([expect.stringContaining("kiosk:lost is used nowhere")]);
  });
});
