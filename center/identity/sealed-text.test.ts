import { describe, expect, it } from "vitest";
import { orderContactSchema } from "../../shared/contract/work-orders.ts";
import { readSealedText } from "./sealed-text.ts";

describe("what a personal record says", () => {
  it("is read by its schema", () => {
    expect(readSealedText(orderContactSchema, '{"name":"张三","phone":"13800005678"}')).toMatchObject({ name: "张三" });
  });

  it.each(["", "xxxxxxxxxx", "{", "null", "[]", '"text"', '{"name":7}'])(
    "is nothing when it is of no form that is known: %s",
    (text) => {
      expect(readSealedText(orderContactSchema, text)).toBeUndefined();
    },
  );
});
