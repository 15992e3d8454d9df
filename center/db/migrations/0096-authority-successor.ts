/** After a change of the authority: the former one's word for the new one, with its own end. */
export const sql = `
ALTER TABLE authority ADD COLUMN vouched text;
`;
