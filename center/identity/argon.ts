/** OWASP's first choice for argon2id: 19 MiB, two passes. */
export const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
