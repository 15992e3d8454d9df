/** Orders tell whether the guide was changed because of them. They are made anew from the log, so that older ones do too. */
export const sql = `
UPDATE work_order_cursors SET epoch = 'anew';
`;
