/** At a city, an order that its hall has not fetched waits for something else than one that it has. */
export const sql = `
-- Since when the terminal's hall has the order.
ALTER TABLE fleet_orders ADD COLUMN taken_at bigint;
`;
