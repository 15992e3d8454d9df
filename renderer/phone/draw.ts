/** A piece of the page: plain DOM, texts only, so that no name can bring markup along. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> & { readonly testId?: string } = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[K] => {
  const { testId, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  if (testId !== undefined) made.dataset["testid"] = testId;
  made.append(...children.filter((child) => child !== null));
  return made;
};
