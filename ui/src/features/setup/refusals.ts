import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  locked: ({ path }) => msg`${path} is locked by a key that this computer does not have. Type the recovery key of those books.`,
  open_elsewhere: ({ path }) => msg`${path} is open in another program. Close it there, then try again.`,
  damaged: ({ path }) => msg`${path} is damaged and was not taken. Nothing has changed. Choose another copy.`,
  recovery_key_typo: () =>
    msg`This is no recovery key: it has seven groups of four letters and digits. Compare each group with your paper; O and 0, I and 1 may be taken for each other.`,
  other_recovery_key: () => msg`This recovery key is whole, but belongs to other books.`,
  recovery_proof_differs: () => msg`These are not the groups asked for. Compare them with your paper.`,
  not_locked_here: () => msg`These books are open already.`,
});
