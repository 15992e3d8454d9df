/** One line of the table and of the JSON file. */
export interface BenchResult {
  readonly id: string;
  readonly ours: number;
  readonly reference: number;
  readonly unit: string;
  readonly ratio: number | null;
  /** In words of the ratio or of `ours`, e.g. "ratio >= 2"; null for a row that is only a reference. */
  readonly goal: string | null;
  readonly met: boolean | null;
  readonly note?: string;
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? 0)) / 2;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

interface Row {
  readonly id: string;
  readonly ours: number;
  readonly reference: number;
  readonly unit: string;
  readonly note?: string | undefined;
}

const result = (row: Row, ratio: number | null, goal: string | null, met: boolean | null): BenchResult => ({
  id: row.id,
  ours: rounded(row.ours),
  reference: rounded(row.reference),
  unit: row.unit,
  ratio: ratio === null || !Number.isFinite(ratio) ? null : rounded(ratio),
  goal,
  met,
  ...(row.note === undefined ? {} : { note: row.note }),
});

/** Our rate must be at least `goal` times the reference's. */
export const atLeast = (row: Row, goal: number): BenchResult => {
  const ratio = row.ours / row.reference;
  return result(row, ratio, `ratio >= ${String(goal)}`, ratio >= goal);
};

/** Our rate beside another's, for whoever wants to know: no goal, for the two do not promise the same. */
export const beside = (row: Row): BenchResult => result(row, row.ours / row.reference, null, null);

/** Our time must be at most `goal` times the reference's. */
export const atMost = (row: Row, goal: number): BenchResult => {
  const ratio = row.ours / row.reference;
  return result(row, ratio, `ratio <= ${String(goal)}`, ratio <= goal);
};

/** Our figure minus the reference's must be below `goal`. */
export const atMostAbove = (row: Row, goal: number): BenchResult =>
  result(
    row,
    row.ours / row.reference,
    `ours - reference < ${String(goal)} ${row.unit}`,
    row.ours - row.reference < goal,
  );

/** Our figure must be below `goal`, which also stands as the reference. */
export const below = (row: Omit<Row, "reference">, goal: number): BenchResult =>
  result({ ...row, reference: goal }, row.ours / goal, `ours < ${String(goal)} ${row.unit}`, row.ours < goal);

/** Something that must not happen at all. */
export const none = (row: Omit<Row, "reference">): BenchResult =>
  result({ ...row, reference: 0 }, null, "ours = 0", row.ours === 0);

/** A figure that others are compared with. */
export const reference = (row: Omit<Row, "ours">): BenchResult =>
  result({ ...row, ours: row.reference }, null, null, null);
