// The same record for every contender: 299 bytes of JSON, as a ticket is.
const ITEMS = ["企业开办", "不动产转移登记", "社会保险参保登记", "居民身份证换领", "住房公积金提取", "施工许可证核发"];

/** Ticket number `index` (from 0), about 299 bytes as JSON. */
export const ticketRecord = (index) => {
  const serial = (index % 600) + 1;
  const businessId = "ABCDEFGHIJKLMNOPQRST"[Math.floor(index / 600) % 20];
  const record = {
    id: `0192f0a0-7c00-7000-8000-${String(index).padStart(12, "0")}`,
    day: "2026-11-23",
    businessId,
    serial,
    number: `${businessId}${String(serial).padStart(3, "0")}`,
    class: "ordinary",
    takenAt: 1795395600000 + index,
    lineKey: 1795395600000 + index,
    source: "lease",
    itemCode: `11440000006939${String(100000 + index)}`,
    itemName: ITEMS[index % ITEMS.length],
    personKey: null,
    pad: "",
  };
  const bytes = new TextEncoder().encode(JSON.stringify(record)).length;
  return { ...record, pad: "x".repeat(Math.max(0, 299 - bytes)) };
};

export const BATCH = 100;

export const batchOf = (batch) => Array.from({ length: BATCH }, (_, index) => ticketRecord(batch * BATCH + index));
