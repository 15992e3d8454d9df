/** Whoever told of something asks by the number on the slip. */
export const sql = `
CREATE INDEX work_orders_by_number ON work_orders (hall_id, ((state::jsonb) ->> 'number'));
`;
