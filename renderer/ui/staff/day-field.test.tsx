import { isValidElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DayField } from "./day-field.tsx";
import { dayTyped } from "./day-typing.ts";

interface FieldProps {
  readonly type?: string;
  readonly children?: ReactNode;
  readonly onChange: (event: { target: { value: string } }) => void;
}

const fieldIn = (element: ReactElement<FieldProps>): ReactElement<FieldProps> | undefined =>
  [element.props.children]
    .flat()
    .filter((child): child is ReactElement<FieldProps> => isValidElement(child))
    .find(({ type, props }) => type === "input" && props.type === undefined);

/** What the form around the field holds after each character. */
const typeInto = (start: string, text: string, more: { min?: string; max?: string } = {}): readonly string[] => {
  let value = start;
  return [...text].map((_, index) => {
    let field: ReactElement<FieldProps> | undefined;
    const Form = () => {
      const drawn = DayField({ value, onChange: (day) => (value = day), ...more });
      field = fieldIn(drawn as ReactElement<FieldProps>);
      return drawn;
    };
    renderToStaticMarkup(<Form />);
    field?.props.onChange({ target: { value: text.slice(0, index + 1) } });
    return value;
  });
};

describe("a day that is typed character by character", () => {
  it("never leaves the form with another day than the one that stands in the field", () => {
    expect(new Set(typeInto("2026-10-05", "2026-11-31"))).toEqual(new Set([""]));
    expect(typeInto("", "2026-02-3").at(-1)).toBe("2026-02-03");
    expect(typeInto("", "2026-02-30").at(-1)).toBe("");
  });

  it("reaches the form once it can become no other day", () => {
    expect(typeInto("2026-10-05", "2026-11-22")).toEqual([...Array<string>(9).fill(""), "2026-11-22"]);
    expect(typeInto("", "2026年11月2日").at(-1)).toBe("2026-11-02");
    expect(typeInto("2026-10-05", "20261122").at(-1)).toBe("2026-11-22");
  });

  it("does not reach the form out of its range", () => {
    expect(typeInto("2026-10-05", "2026-11-22", { max: "2026-11-21" }).at(-1)).toBe("");
    expect(typeInto("2026-10-05", "2026-10-04", { min: "2026-10-05" }).at(-1)).toBe("");
  });
});

it("takes a short day when the field is left or Enter pressed", () => {
  expect(dayTyped("2026-11-3", {}, false)).toBe("");
  expect(dayTyped("2026-11-3", {}, true)).toBe("2026-11-03");
  expect(dayTyped("2026-11-31", {}, true)).toBe("");
  expect(dayTyped("2026-11-3", { min: "2026-11-04" }, true)).toBe("");
});
