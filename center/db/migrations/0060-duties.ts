/** What a clerk may do beyond the work of every clerk: a duty manager may change the settings of the running hall. */
export const sql = `
ALTER TABLE clerks ADD COLUMN duty text NOT NULL DEFAULT 'clerk' CHECK (duty IN ('clerk', 'manager'));
`;
