import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TextArea, TextInput } from "./text-input.tsx";

const MARK = 'aria-invalid="true"';
const nothing = () => undefined;

describe("a text that cannot be taken", () => {
  it("is marked when it is over its limit, though the form around it knows of no fault yet", () => {
    const draw = (value: string) =>
      renderToStaticMarkup(<TextArea value={value} limit={3} aria-invalid={false} onChange={nothing} />);
    expect(draw("四个字了")).toContain(MARK);
    expect(draw("三个字")).not.toContain(MARK);
  });

  it("is marked when the screen or the form says so", () => {
    expect(renderToStaticMarkup(<TextArea value="" aria-invalid onChange={nothing} />)).toContain(MARK);
    expect(renderToStaticMarkup(<TextInput value="" wrong aria-invalid={false} onChange={nothing} />)).toContain(MARK);
    expect(renderToStaticMarkup(<TextInput value="" aria-invalid onChange={nothing} />)).toContain(MARK);
  });
});
