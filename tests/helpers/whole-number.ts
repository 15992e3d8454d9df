/** A number given to a command's option. @throws Error with a sentence when it is none, or smaller than `least` */
export const wholeNumber = (text: string, option: string, least = 0): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    throw new Error(`${option} takes a whole number of at least ${String(least)}, not "${text}"`);
  return number;
};
