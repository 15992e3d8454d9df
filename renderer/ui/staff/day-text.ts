/** How people write a day: 2026-11-22, 20261122, 2026/11/22, 2026.11.22, 2026年11月22日. */
const WRITTEN = /^(\d{4})(?:(\d{2})(\d{2})|\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?)$/;

/** The day in a typed text as YYYY-MM-DD; null when there is none, as in 2026-02-30. */
export const readDay = (text: string): string | null => {
  const found = WRITTEN.exec(text.normalize("NFKC").trim()) ?? [];
  const [year, month, day] = [found[1], found[2] ?? found[4], found[3] ?? found[5]];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const real = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(written) ? written : null;
};
