/** The languages of the screens for anybody (renderer/locales), in the order in which they are offered. No zod here: phones load it. */
export const publicLanguages = ["zh-CN", "en", "ja", "ko", "fr", "de", "es", "ru", "ar"] as const;
