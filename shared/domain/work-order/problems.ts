/** What a person may say went wrong; without a schema, so that a page on a phone loads no library for it. */
export const orderProblems = ["notAccepted", "tooLong", "severalTries", "attitude", "elsewhere", "other"] as const;
