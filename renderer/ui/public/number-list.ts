/** Several numbers as a person would say them: `1、2和3`, `1, 2, and 3`. */
export const numberList = (numbers: readonly number[], language: string): string =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(numbers.map(String));
