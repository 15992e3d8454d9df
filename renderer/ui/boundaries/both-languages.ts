import english from "../../locales/en/common.json";
import chinese from "../../locales/zh-CN/common.json";

/** Both texts at once, for pages that must be readable when nothing else could be loaded. */
export const bothLanguages = [
  { language: "zh-CN", texts: chinese.failure },
  { language: "en", texts: english.failure },
] as const;
