import texts from "./texts.zh-CN.json" with { type: "json" };
import { readTemplates, type OwnTexts, type TemplateSet } from "./template.ts";

/** The texts of a hall: the built-in ones, and its own in their place. */
export const textsOf = (own: OwnTexts | undefined): TemplateSet => {
  const built = builtInTexts();
  if (own === undefined) return built;
  const kinds = new Set(own.templates.map(({ kind }) => kind));
  return {
    ...built,
    version: `${built.version}+${own.version}`.slice(0, 40),
    templates: [...built.templates.filter(({ kind }) => !kinds.has(kind)), ...own.templates],
  };
};

/** The texts that come with the program. A hall may bring its own set in its plan. @throws when they are broken */
export const builtInTexts = (): TemplateSet => {
  const read = readTemplates(texts);
  if (!read.ok) throw new Error(`the built-in texts of documents are broken: ${read.error.join("; ")}`);
  return read.value;
};
