/** Messages to members in words: what of, which way, and why one did not go out. */
import { useLingui } from "@lingui/react/macro";
import type { MessageChannel, MessageFault, Occasion } from "../host";

export const occasions: readonly Occasion[] = ["earned", "matured", "statement", "payout", "points", "level"];
export const channels: readonly MessageChannel[] = ["email", "sms", "wechat"];

export function useMessageWords() {
  const { t } = useLingui();
  const occasion: Record<Occasion, string> = {
    earned: t`Commission earned`,
    matured: t`Commission can be paid out`,
    statement: t`Statement ready`,
    payout: t`Payout moved on`,
    points: t`Points run out soon`,
    level: t`Level reached`,
  };
  const channel: Record<MessageChannel, string> = { email: t`Email`, sms: t`SMS`, wechat: t`WeChat` };
  const fault = (said: MessageFault): string => {
    switch (said.code) {
      case "no_server":
        return t`No mail server or webhook is set for this way. The owner sets it under Settings, Messages.`;
      case "no_password":
        return t`The mail server's password is not on this computer. The owner types it under Settings, Messages.`;
      case "no_secret":
        return t`The webhook's secret is not on this computer. The owner types it under Settings, Messages.`;
      case "away": {
        const { reason } = said;
        return t`The mail server cannot be reached. Look at its name, its port and the network. ${reason}`;
      }
      case "tls": {
        const { reason } = said;
        return t`The line to the mail server cannot be kept safe. Look at the kind of line and the server's certificate. ${reason}`;
      }
      case "sign_in": {
        const { answer } = said;
        return t`The mail server refused name or password. Many providers want an app password here. ${answer}`;
      }
      case "sender_refused": {
        const { answer } = said;
        return t`The mail server does not send for this sender. Use the address that belongs to the account. ${answer}`;
      }
      case "address_refused": {
        const { answer } = said;
        return t`The member's address was refused. Put it right on the card, then send again. ${answer}`;
      }
      case "refused": {
        const { answer } = said;
        return t`The mail server refused the message. Look at its words. ${answer}`;
      }
      case "later": {
        const { answer } = said;
        return t`The mail server asks to try later; it is tried again by itself. ${answer}`;
      }
      case "silent":
        return t`The mail server fell silent before it had the message; it is tried again by itself.`;
      case "broken": {
        const { reason } = said;
        return t`The line broke before the message went out; it is tried again by itself. ${reason}`;
      }
      case "maybe_sent":
        return t`The whole message went out and no answer came: it may have arrived. Ask the member, then send again or drop it.`;
      case "hook_away": {
        const { reason } = said;
        return t`The webhook gave no answer; it is tried again by itself. ${reason}`;
      }
      case "hook_later": {
        const { status } = said;
        return t`The webhook answered ${status}; it is tried again by itself.`;
      }
      case "hook_signature": {
        const { status } = said;
        return t`The webhook did not take the signature (${status}). Type the same secret on both sides.`;
      }
      case "hook_refused": {
        const { status, answer } = said;
        return t`The webhook refused the message (${status}). ${answer}`;
      }
      case "no_address":
        return t`The card has no address for this way any more. Fill it in, then send again.`;
      case "opted_out":
        return t`The member wants nothing by this way any more.`;
    }
  };
  return { occasion, channel, fault };
}
