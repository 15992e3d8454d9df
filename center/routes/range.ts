/** What a `range` header asks of so many bytes, the end exclusive: `bytes=a-b` or `bytes=a-`; anything else is the whole. */
export const rangeOf = (header: string | undefined, size: number): readonly [from: number, to: number] => {
  const match = /^bytes=(\d{1,10})-(\d{1,10})?$/.exec(header ?? "");
  if (!match) return [0, size];
  const from = Math.min(Number(match[1]), size);
  const to = match[2] === undefined ? size : Math.min(Number(match[2]) + 1, size);
  return [from, Math.max(from, to)];
};
