/**
 * Takes styles into the page that lie in no file of ours; its policy lets no style element in.
 * @returns takes them out again
 */
export const adoptStyle = (css: string): (() => void) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
};
