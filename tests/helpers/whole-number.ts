/** A number given to a command's option; one that is none, or smaller than `least`, ends the command with a sentence. */
export const wholeNumber = (text: string, option: string, least = 0): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  process.stderr.write(`${option} takes a whole number of at least ${String(least)}, not "${text}".\n`);
  process.exit(2);
};
