/** Between main process and preload only; a page sees none of them. */
export const internalChannels = {
  /** "Are you alive?" and the answer to it. */
  beat: "internal.beat",
  beatAnswer: "internal.beatAnswer",
  /** The window terminal's second display gets what to show. */
  counterScreen: "internal.counterScreen",
  /** The staff window gets what the applicant did. */
  applicantAnswer: "internal.applicantAnswer",
  /** A public screen is to rest for so many milliseconds. */
  inputPaused: "internal.inputPaused",
} as const;
