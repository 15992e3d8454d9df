import texts from "./texts.zh-CN.json" with { type: "json" };
import { readTemplates, type TemplateSet } from "./template.ts";

/** The texts that come with the program. A hall may bring its own set in its plan. @throws when they are broken */
export const builtInTexts = (): TemplateSet => {
  const read = readTemplates(texts);
  if (!read.ok) throw new Error(`the built-in texts of documents are broken: ${read.error.join("; ")}`);
  return read.value;
};
