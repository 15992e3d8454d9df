/** Positions in a JSON text that JSON.parse has accepted, so that a row can be named by the line on which it begins. */
class Scanner {
  at = 0;

  constructor(private readonly text: string) {}

  /** The next character that is not white space; it is not consumed. */
  peek(): string {
    while (/\s/.test(this.text[this.at] ?? "x")) this.at += 1;
    return this.text[this.at] ?? "";
  }

  string(): string {
    this.peek();
    const from = this.at;
    this.at += 1;
    while (this.text[this.at] !== '"') this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at += 1;
    return JSON.parse(this.text.slice(from, this.at)) as string;
  }

  skipValue(): void {
    const first = this.peek();
    if (first === '"') return void this.string();
    if (first === "{" || first === "[") {
      let depth = 0;
      do {
        const next = this.peek();
        if (next === '"') {
          this.string();
          continue;
        }
        if (next === "{" || next === "[") depth += 1;
        if (next === "}" || next === "]") depth -= 1;
        this.at += 1;
      } while (depth > 0);
      return;
    }
    while (!/[\s,\]}]/.test(this.text[this.at] ?? " ")) this.at += 1;
  }

  /** Goes into an object's member. @returns whether it is there */
  enter(key: string): boolean {
    if (this.peek() !== "{") return false;
    this.at += 1;
    while (this.peek() !== "}") {
      if (this.peek() === ",") this.at += 1;
      const name = this.string();
      this.peek();
      this.at += 1; // the colon
      if (name === key) return true;
      this.skipValue();
    }
    return false;
  }

  /** Offsets at which the elements of an array begin. */
  elements(): number[] {
    const offsets: number[] = [];
    if (this.peek() !== "[") return offsets;
    this.at += 1;
    while (this.peek() !== "]") {
      if (this.peek() === ",") {
        this.at += 1;
        this.peek();
      }
      offsets.push(this.at);
      this.skipValue();
    }
    return offsets;
  }
}

/**
 * The lines, from 1, on which the elements of the array at `path` begin.
 * @param text valid JSON
 */
export const elementLines = (text: string, path: readonly string[]): readonly number[] => {
  const scanner = new Scanner(text);
  if (!path.every((key) => scanner.enter(key))) return [];
  let line = 1;
  let counted = 0;
  return scanner.elements().map((offset) => {
    for (; counted < offset; counted += 1) if (text[counted] === "\n") line += 1;
    return line;
  });
};
