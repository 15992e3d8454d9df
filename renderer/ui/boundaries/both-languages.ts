import english from "../../locales/en/common.json" with { type: "json" };
import chinese from "../../locales/zh-CN/common.json" with { type: "json" };

/** Both texts at once, for pages that must be readable when nothing else could be loaded. */
export const bothLanguages = [
  { language: "zh-CN", texts: chinese },
  { language: "en", texts: english },
] as const;
