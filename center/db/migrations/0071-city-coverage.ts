/** What a hall says of its items. Every hall is counted anew, so that open cases that have only a legal limit get it. */
export const sql = `
ALTER TABLE city_cursors ADD COLUMN coverage text;
UPDATE city_cursors SET epoch = 'anew';
`;
