import { msg } from "@lingui/core/macro";
import { wordRefusals } from "../../shell/refusals";

wordRefusals({
  unknown_placeholder: ({ placeholder, at, language, field, occasion }) =>
    msg`“${placeholder}” at sign ${at} is no placeholder of this occasion (${occasion}, ${language}, ${field}). Choose one of those offered.`,
  open_brace: ({ at, language, field, occasion }) =>
    msg`The brace at sign ${at} is never closed (${occasion}, ${language}, ${field}). Close it, or take it away.`,
  no_words: ({ occasion, language }) =>
    msg`An occasion that is told needs words in both languages (${occasion}, ${language}). Write them, or turn it off.`,
  no_mail_host: () => msg`The mail server needs a name and a port.`,
  sender_shape: ({ email }) => msg`“${email}” is no email address.`,
  hook_shape: ({ address }) => msg`“${address}” is no address of a webhook. It begins with https://.`,
  hook_secret: () => msg`The webhook needs a secret of at least 16 signs, the same on both sides.`,
  no_way: () => msg`Set a mail server or a webhook before this computer sends.`,
  patience: () => msg`The wait for an answer lies between 1 and 300 seconds.`,
  sample_tells: () => msg`A sample shop writes to nobody. Open your own shop first.`,
  not_sending: () => msg`This computer does not send. The owner turns it on under Settings, Messages.`,
  message_on_its_way: () => msg`This message is on its way, went out, or is gone. Look again.`,
  email_shape: ({ email }) => msg`“${email}” is no email address. One looks like lin@example.com.`,
});
