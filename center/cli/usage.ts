import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import type { Values } from "./options.ts";

/** A mistake of whoever typed the command: told in a sentence, without a stack. */
export class UsageError extends Error {}

/** Prints a line. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** An option that the command cannot do without. @throws UsageError */
export const need = (
  values: Values,
  name: "role" | "no" | "duty" | "name" | "plan" | "device" | "hall" | "out" | "record" | "reason" | "city-key",
): string => {
  const value = values[name];
  if (value === undefined) throw new UsageError(`--${name} is needed`);
  return value;
};

/** A JSON file. @throws UsageError with the place when it is none */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
};

/** A secret of the environment, or typed, or the first line of standard input: never an option, which others could see. */
export const readSecret = async (variable: "SERVICE_HALL_PASSWORD" | "SERVICE_HALL_PASSPHRASE"): Promise<string> => {
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (process.stdin.isTTY) process.stderr.write(variable === "SERVICE_HALL_PASSWORD" ? "Password: " : "Passphrase: ");
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
  }
};
