/**
 * Compares the texts of all languages with each other and with the code: renderer/locales/<language>/<namespace>.json.
 * Every text must be there in Chinese and English; those of public screens (public-texts.json) in every language of
 * languages.json. A new public text whose other translations are still to be made is noted by
 *   node scripts/check-locales.mjs --await
 * in awaiting.json: its readers see English until then, and `npm run pack` refuses to make a release.
 * renderer/locales/dynamic-keys.json lists prefixes of keys that code puts together; latin-texts.json lists texts without
 * a Chinese character that are right in zh-CN (names, units). Both may be missing.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { exists, isMain, main, readJson, ROOT, say } from "./lib/base.mjs";
import { listFiles } from "./lib/bundle.mjs";

const LOCALES = "renderer/locales";
const CHINESE = "zh-CN";
const DEFAULT_NAMESPACE = "common";
const CODE_FOLDERS = ["renderer", "electron", "shared", "center"];

const PLURAL = /_(?:ordinal_)?(zero|one|two|few|many|other)$/;
const baseKey = (key) => key.replace(PLURAL, "");

const flatten = (value, prefix, into) => {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (inner !== null && typeof inner === "object") flatten(inner, path, into);
    else into.set(path, inner);
  }
  return into;
};

/** language → (namespace:key → text), and the problems of the files themselves. */
export const readLocales = (root = ROOT) => {
  const languages = new Map();
  const problems = [];
  const folder = join(root, LOCALES);
  const entries = exists(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const language of names.sort((a, b) => (b === CHINESE) - (a === CHINESE) || a.localeCompare(b))) {
    const texts = new Map();
    for (const file of readdirSync(join(folder, language)).filter((each) => each.endsWith(".json"))) {
      try {
        const content = JSON.parse(readFileSync(join(folder, language, file), "utf8"));
        for (const [key, text] of flatten(content, "", new Map())) {
          if (typeof text === "string") texts.set(`${basename(file, ".json")}:${key}`, text);
          else problems.push(`${LOCALES}/${language}/${file}: ${key} is not a text.`);
        }
      } catch (error) {
        problems.push(`${LOCALES}/${language}/${file} cannot be read: ${error.message}`);
      }
    }
    languages.set(language, texts);
  }
  return { languages, problems };
};

const parts = (text, pattern) => new Set([...text.matchAll(pattern)].map((match) => match[1].trim()));
const placeholders = (text) => parts(text, /\{\{-?\s*([^},]+)[^}]*\}\}/g);
const tags = (text) => parts(text, /<\/?([\w-]+)\s*\/?>/g);

const difference = (a, b) => [...a].filter((each) => !b.has(each));

/** The forms of one base key in one language: Map(key → text). */
const formsOf = (texts) => {
  const forms = new Map();
  for (const [key, text] of texts) {
    const base = baseKey(key);
    if (!forms.has(base)) forms.set(base, new Map());
    forms.get(base).set(key, text);
  }
  return forms;
};

const isPlural = (forms) => [...forms.keys()].some((key) => PLURAL.test(key));

const missingForms = (language, base, forms) => {
  if (!isPlural(forms)) return [];
  const ordinal = [...forms.keys()].some((key) => key.includes("_ordinal_"));
  const { pluralCategories } = new Intl.PluralRules(language, {
    type: ordinal ? "ordinal" : "cardinal",
  }).resolvedOptions();
  const wanted = pluralCategories.map((category) => `${base}_${ordinal ? "ordinal_" : ""}${category}`);
  return wanted.filter((key) => !forms.has(key));
};

/** `_one` may leave the number out, so the fullest form of each language is what must match. */
const namesIn = (forms, find) => new Set([...forms.values()].flatMap((text) => [...find(text)]));

const namespaceOf = (key) => key.slice(0, key.indexOf(":"));

/** Base keys of public texts that a language beyond the staff's lacks: what `awaiting.json` may excuse. */
const untranslatedIn = (all, { facts, publicTexts }) => {
  const wanted = new Set(
    [...(all.get(CHINESE)?.keys() ?? [])].filter((base) => publicTexts.includes(namespaceOf(base))),
  );
  const lacks = new Set();
  for (const [language, { staff }] of Object.entries(facts))
    if (!staff) for (const base of wanted) if (!all.get(language)?.has(base)) lacks.add(base);
  return [...lacks].sort();
};

const compareLanguages = (languages, setting) => {
  const { facts, publicTexts, awaiting } = setting;
  const problems = [];
  const all = new Map([...languages].map(([language, texts]) => [language, formsOf(texts)]));
  for (const language of all.keys())
    if (!Object.hasOwn(facts, language)) problems.push(`${LOCALES}/${language}: not a language of languages.json.`);
  const bases = new Set([...all.values()].flatMap((forms) => [...forms.keys()]));
  const lacking = new Set(untranslatedIn(all, setting));
  for (const base of awaiting.filter((each) => !lacking.has(each)))
    problems.push(`${base} is in awaiting.json and is translated: node scripts/check-locales.mjs --await.`);
  for (const base of bases) {
    const having = [...all].filter(([, forms]) => forms.has(base));
    const isPublic = publicTexts.includes(namespaceOf(base));
    for (const [language, { staff }] of Object.entries(facts)) {
      const forms = all.get(language) ?? new Map();
      if (!staff && !isPublic) {
        if (forms.has(base)) problems.push(`${base} is a staff text and stands in ${language}.`);
        continue;
      }
      if (!staff && awaiting.includes(base)) continue;
      if (!forms.has(base)) problems.push(`${base} is missing in ${language} (it is in ${having[0][0]}).`);
      else
        for (const key of missingForms(language, base, forms.get(base)))
          problems.push(`${key} is missing in ${language}.`);
    }
    const [[firstLanguage, firstForms], ...others] = having;
    for (const [language, forms] of others) {
      for (const [what, find] of [
        ["placeholder", placeholders],
        ["tag", tags],
      ]) {
        const [first, other] = [namesIn(firstForms.get(base), find), namesIn(forms.get(base), find)];
        const odd = [...difference(first, other), ...difference(other, first)];
        if (odd.length > 0)
          problems.push(`${base}: ${what} ${odd.join(", ")} is in only one of ${firstLanguage}, ${language}.`);
      }
    }
  }
  return problems;
};

const HAN = /\p{Script=Han}/u;
const ALWAYS_LATIN = /^(F\d{1,2}|[A-Za-z])$/;

/** Text that nobody has translated: letters and not one Chinese character. */
const untranslated = (texts, allowed) => {
  const problems = [];
  for (const [key, text] of texts) {
    const words = text.replace(/\{\{[^}]*\}\}|<[^>]*>|\$t\([^)]*\)/g, " ").trim();
    if (!/\p{Script=Latin}/u.test(words) || HAN.test(words) || ALWAYS_LATIN.test(words)) continue;
    if (!allowed.has(key) && !allowed.has(text)) problems.push(`${key} is not Chinese in ${CHINESE}: "${text}".`);
  }
  return problems;
};

const NARROW_SIGN = /\p{Script=Han}[,;:!?(]|\)\p{Script=Han}/u;

/** Chinese with the narrow signs of Latin script. */
const narrowSigns = (texts, codes) => {
  const all = [...texts].map(([key, text]) => [`${key} in ${CHINESE}`, text]);
  for (const { file, literals } of codes) all.push(...[...literals].map((text) => [file, text]));
  return all
    .filter(([, text]) => NARROW_SIGN.test(text))
    .map(([where, text]) => `${where}: narrow signs in "${text}".`);
};

/** What a file of code says about keys: used for sure, put together from a head, and every literal that may be a key. */
export const readCode = (file, source, ts) => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = { file, keys: [], heads: [], literals: new Set(), namespaces: [], prefixes: [] };
  const lineOf = (node) => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const useKey = (node) => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) found.keys.push({ key: node.text, line: lineOf(node) });
    else if (ts.isTemplateExpression(node)) found.heads.push({ key: node.head.text, line: lineOf(node) });
    else if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) useKey(node.expression);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(useKey);
    else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(useKey);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
      [node.left, node.right].forEach(useKey);
    }
  };
  const texts = (node) => {
    if (!node) return [];
    if (ts.isStringLiteralLike(node)) return [node.text];
    return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(texts) : [];
  };
  const property = (node, name) =>
    node && ts.isObjectLiteralExpression(node)
      ? node.properties.find((each) => ts.isPropertyAssignment(each) && each.name.getText() === name)?.initializer
      : undefined;
  const visit = (node) => {
    if (ts.isStringLiteralLike(node)) found.literals.add(node.text);
    if (ts.isCallExpression(node)) {
      const called = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text
        : node.expression.getText();
      const [first, second, third] = node.arguments;
      if (called === "t") {
        useKey(first);
        found.namespaces.push(...texts(property(second, "ns")));
      } else if (called === "useTranslation") {
        found.namespaces.push(...texts(first));
        found.prefixes.push(...texts(property(second, "keyPrefix")));
      } else if (called === "getFixedT") {
        found.namespaces.push(...texts(second));
        found.prefixes.push(...texts(third));
      }
    }
    if (ts.isJsxAttribute(node)) {
      const name = node.name.getText();
      const value =
        node.initializer && ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (name === "i18nKey") useKey(value);
      if (name === "ns") found.namespaces.push(...texts(value));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
};

/** All full keys that `key` may stand for in this file. */
const candidates = (key, code, namespaces) => {
  if (key.includes(":") && namespaces.has(key.slice(0, key.indexOf(":")))) return [key];
  // A file that is handed its `t` does not say which namespace it is of: any will do.
  const own = code.namespaces.length > 0 ? [...code.namespaces, DEFAULT_NAMESPACE] : [...namespaces];
  const prefixes = ["", ...code.prefixes.map((prefix) => `${prefix}.`)];
  return own.flatMap((namespace) => prefixes.map((prefix) => `${namespace}:${prefix}${key}`));
};

const compareWithCode = (texts, codes, dynamicPrefixes) => {
  const problems = [];
  const namespaces = new Set([...texts.keys()].map((key) => key.slice(0, key.indexOf(":"))));
  const bases = new Set([...texts.keys()].flatMap((key) => [key, baseKey(key)]));
  const used = new Set();
  const usedHeads = [...dynamicPrefixes];
  const nested = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/\$t\(([^),]+)/g)].map((match) => match[1].trim()),
  );
  for (const code of [
    ...codes,
    { file: LOCALES, keys: [], heads: [], literals: new Set(nested), namespaces: [], prefixes: [] },
  ]) {
    for (const { key, line } of code.keys) {
      const full = candidates(key, code, namespaces).filter((each) => bases.has(each));
      full.forEach((each) => used.add(each));
      if (full.length === 0) problems.push(`${code.file}:${line} uses the text "${key}", which does not exist.`);
    }
    for (const { key, line } of code.heads.filter((head) => head.key !== "")) {
      const heads = candidates(key, code, namespaces).filter((head) =>
        [...bases].some((each) => each.startsWith(head)),
      );
      usedHeads.push(...heads);
      if (heads.length === 0) problems.push(`${code.file}:${line} uses texts "${key}…", of which there are none.`);
    }
    for (const literal of code.literals) {
      if (/^[\w:.-]+$/.test(literal)) candidates(literal, code, namespaces).forEach((each) => used.add(each));
    }
  }
  const isUsed = (key) => used.has(key) || used.has(baseKey(key)) || usedHeads.some((head) => key.startsWith(head));
  for (const key of texts.keys()) {
    if (!isUsed(key)) problems.push(`${key} is used nowhere (code that puts keys together: dynamic-keys.json).`);
  }
  return problems;
};

/** The languages there are, which texts the public reads, and which of them are excused for now. */
const settingOf = (root) => ({
  facts: readJson(join(root, LOCALES, "languages.json"), { [CHINESE]: { staff: true }, en: { staff: true } }),
  publicTexts: readJson(join(root, LOCALES, "public-texts.json"), []),
  awaiting: readJson(join(root, LOCALES, "awaiting.json"), []),
});

/** Public texts (base keys) that some language still lacks. */
export const untranslatedTexts = (root = ROOT) => {
  const all = new Map([...readLocales(root).languages].map(([language, texts]) => [language, formsOf(texts)]));
  return untranslatedIn(all, settingOf(root));
};

/** All problems, as sentences. `root` is the project's folder. */
export const checkLocales = (root = ROOT) => {
  const { languages, problems } = readLocales(root);
  const ts = createRequire(join(ROOT, "package.json"))("typescript");
  const files = listFiles(CODE_FOLDERS, (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file), root);
  const codes = files.map((file) => readCode(file, readFileSync(join(root, file), "utf8"), ts));
  const dynamic = readJson(join(root, LOCALES, "dynamic-keys.json"), []);
  const latin = new Set(readJson(join(root, LOCALES, "latin-texts.json"), []));
  const chinese = languages.get(CHINESE) ?? new Map();
  return [
    ...problems,
    ...compareLanguages(languages, settingOf(root)),
    ...untranslated(chinese, latin),
    ...narrowSigns(chinese, codes),
    ...compareWithCode(chinese, codes, dynamic),
  ];
};

if (isMain(import.meta.url)) {
  await main(() => {
    if (process.argv.includes("--await")) {
      const lacking = untranslatedTexts();
      writeFileSync(join(ROOT, LOCALES, "awaiting.json"), `${JSON.stringify(lacking, null, 2)}\n`);
      say(`${lacking.length} public texts await their translation.`);
    }
    const problems = checkLocales();
    problems.forEach(say);
    if (problems.length > 0) say(`${problems.length} problems with texts.`);
    return problems.length > 0 ? 1 : 0;
  });
}
