import { z } from "zod";

// zod would make functions out of text for each form at its first use: the pages' content security policy forbids that, and where a form is
// used once, as at a terminal's start, it takes longer than the check. Must run before any form is made.
z.config({ jitless: true });
