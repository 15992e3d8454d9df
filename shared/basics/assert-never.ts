/** Ends a switch that must be exhaustive; reached only when a value came in that the types exclude. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
};
