/** The name of a business or counter in the language of the screen. */
export const localName = (thing: { readonly name: string; readonly nameEn: string }, language: string): string =>
  language === "en" ? thing.nameEn : thing.name;
