import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button, Check, Combo, CountInput, type Hit, notify, Section, Select, Strip, Switch, TextField } from "../../design";
import {
  call,
  type MailSecurity,
  type MailServer,
  type MessageChannel,
  type MessageServer,
  type MessageSetup,
  type MessageTerms,
  type Occasion,
  type OccasionTerms,
  type Tongue,
} from "../../host";
import { useAnswer, useDeed } from "../../host/answers";
import { channels, FailureStrip, go, occasions, useKeys, useMessageWords, useUnsaved } from "../../shell";
import css from "./Settings.module.css";

const MAIL: MailServer = { host: "", port: 465, security: "tls", user: "", sender: "", sender_name: "" };
/** Ports that the kinds of line usually have. */
const ports: Record<MailSecurity, number> = { tls: 465, starttls: 587, open: 25 };

interface MessageForm {
  terms: MessageTerms;
  server: MessageServer;
  /** Empty: as it is kept. */
  password: string;
  secret: string;
  sending: boolean;
}

const formOf = (setup: MessageSetup): MessageForm => ({
  terms: setup.terms,
  server: setup.server,
  password: "",
  secret: "",
  sending: setup.sending === "here",
});

/** How members are written to: by which server, on which occasions and in which words. */
export function Messages() {
  const setup = useAnswer("message_setup", null, { topics: ["settings"], keep: true });
  if (setup.error) return <FailureStrip failure={setup.error} />;
  return setup.data ? <Open setup={setup.data} /> : null;
}

function Open({ setup }: { setup: MessageSetup }) {
  const { t } = useLingui();
  const [edited, setEdited] = useState<MessageForm | null>(null);
  const save = useDeed("save_message_setup", () => {
    setEdited(null);
    notify({ text: t`Settings saved` });
  });
  const form = edited ?? formOf(setup);
  const dirty = edited !== null && JSON.stringify(edited) !== JSON.stringify(formOf(setup));
  useUnsaved(dirty);
  const set = (change: Partial<MessageForm>) => {
    setEdited({ ...form, ...change });
    if (save.error) save.reset();
  };
  const serve = (change: Partial<MessageServer>) => set({ server: { ...form.server, ...change } });
  const submit = () => {
    if (!dirty || save.isPending) return;
    save.mutate({ ...form, password: form.password === "" ? null : form.password, secret: form.secret === "" ? null : form.secret });
  };
  useKeys({ "Ctrl+S": submit });
  const { mail, webhook } = form.server;
  const mailOf = (change: Partial<MailServer>) => serve({ mail: { ...(mail ?? MAIL), ...change } });
  const sender = setup.terms.sender_name;
  return (
    <>
      <Section title={t`Who sends`} acts={<Button onPress={() => go("/messages")}>{t`Messages`}</Button>}>
        {setup.sending === "elsewhere" && (
          <Strip tone="note">
            {t`Till ${sender} sends the shop's messages, or these books before they were brought back. Turned on here, this computer sends from now on and the other stops.`}
          </Strip>
        )}
        <Switch
          value={form.sending}
          onChange={(sending) => set({ sending })}
          hint={t`One computer of the shop sends, so that nobody is told twice. It begins with what happens from now on.`}
        >
          {t`This computer writes to members`}
        </Switch>
      </Section>
      <Section title={t`Email`}>
        <div className={css.fields}>
          <Check value={mail !== null} onChange={(on) => serve({ mail: on ? MAIL : null })}>
            {t`Send email by a mail server`}
          </Check>
          {mail && (
            <>
              <div className={css.pair}>
                <TextField
                  label={t`Mail server`}
                  value={mail.host}
                  onChange={(host) => mailOf({ host })}
                  placeholder="smtp.example.com"
                  maxLength={200}
                />
                <CountInput label={t`Port`} value={mail.port} onChange={(port) => mailOf({ port: Math.min(port ?? 0, 65_535) })} />
              </div>
              <Select
                label={t`The line`}
                options={[
                  { key: "tls", text: t`TLS from the start (465)` },
                  { key: "starttls", text: t`STARTTLS (587)` },
                  { key: "open", text: t`In the open, for a server in the shop` },
                ]}
                value={mail.security}
                onChange={(security) => mailOf({ security, port: ports[security] })}
              />
              <div className={css.pair}>
                <TextField
                  label={t`Sign-in name`}
                  optional={t`optional`}
                  value={mail.user}
                  onChange={(user) => mailOf({ user })}
                  maxLength={200}
                />
                <TextField
                  label={t`Password`}
                  type="password"
                  value={form.password}
                  onChange={(password) => set({ password })}
                  hint={
                    setup.has_password
                      ? t`One is kept in the system's keyring. Leave it empty to keep it.`
                      : t`Kept in the system's keyring, never in the books.`
                  }
                  maxLength={200}
                />
              </div>
              <div className={css.pair}>
                <TextField
                  label={t`Sender's address`}
                  value={mail.sender}
                  onChange={(address) => mailOf({ sender: address })}
                  placeholder="shop@example.com"
                  maxLength={254}
                />
                <TextField
                  label={t`Sender's name`}
                  optional={t`optional`}
                  value={mail.sender_name}
                  onChange={(sender_name) => mailOf({ sender_name })}
                  maxLength={80}
                />
              </div>
              <Try form={form} channel="email" />
            </>
          )}
        </div>
      </Section>
      <Section title={t`SMS and WeChat`}>
        <div className={css.fields}>
          <TextField
            label={t`Webhook`}
            optional={t`optional`}
            value={webhook ?? ""}
            onChange={(address) => serve({ webhook: address === "" ? null : address })}
            placeholder="https://"
            hint={t`A service of yours that takes a signed message and passes it on. The handbook says what it gets.`}
            maxLength={500}
          />
          {webhook !== null && (
            <>
              <TextField
                label={t`Secret to sign with`}
                type="password"
                value={form.secret}
                onChange={(secret) => set({ secret })}
                hint={
                  setup.has_secret
                    ? t`One is kept in the system's keyring. Leave it empty to keep it.`
                    : t`At least 16 signs, the same on both sides.`
                }
                maxLength={200}
              />
              <Try form={form} channel="sms" />
            </>
          )}
          <CountInput
            label={t`Seconds to wait for an answer`}
            value={form.server.patience_seconds}
            onChange={(seconds) => serve({ patience_seconds: seconds ?? 0 })}
          />
        </div>
      </Section>
      <Occasions setup={setup} terms={form.terms} onChange={(terms) => set({ terms })} />
      <FailureStrip failure={save.error} />
      {dirty && (
        <div className={css.bar} role="status">
          <span className={css.barWords}>{t`Changes are not saved yet.`}</span>
          <Button
            onPress={() => {
              setEdited(null);
              save.reset();
            }}
          >
            {t`Undo changes`}
          </Button>
          <Button kind="ink" keys="Ctrl+S" onPress={submit} busy={save.isPending}>
            {t`Save`}
          </Button>
        </div>
      )}
    </>
  );
}

/** One message to try the way with, as the form stands, and what came back. */
function Try({ form, channel }: { form: MessageForm; channel: MessageChannel }) {
  const { t } = useLingui();
  const words = useMessageWords();
  const [to, setTo] = useState("");
  const attempt = useDeed("try_message");
  const send = () => {
    if (to.trim() === "" || attempt.isPending) return;
    const { server, password, secret } = form;
    attempt.mutate({ server, password: password === "" ? null : password, secret: secret === "" ? null : secret, channel, to });
  };
  const answer = attempt.data?.answer ?? "";
  return (
    <>
      <div className={css.tryLine}>
        <TextField
          label={channel === "email" ? t`Test message to` : t`Test message to the telephone`}
          value={to}
          onChange={setTo}
          onEnter={send}
          maxLength={254}
        />
        <span />
        <Button
          onPress={send}
          busy={attempt.isPending}
          disabled={to.trim() === ""}
          label={channel === "email" ? t`Send a test email` : t`Send a test SMS`}
        >
          {t`Send a test`}
        </Button>
      </div>
      <FailureStrip failure={attempt.error} />
      {attempt.data &&
        (attempt.data.fault ? (
          <Strip tone="stop">{words.fault(attempt.data.fault)}</Strip>
        ) : (
          <Strip tone="note">{t`It was taken. The other side said: ${answer}`}</Strip>
        ))}
    </>
  );
}

interface OccasionsProps {
  setup: MessageSetup;
  terms: MessageTerms;
  onChange: (terms: MessageTerms) => void;
}

/** What members are told of, and in which words. */
function Occasions({ setup, terms, onChange }: OccasionsProps) {
  const { t, i18n } = useLingui();
  const words = useMessageWords();
  const [shown, setShown] = useState<Occasion>("earned");
  const [tongue, setTongue] = useState<Tongue>(i18n.locale.startsWith("zh") ? "zh-CN" : "en");
  const [member, setMember] = useState<Hit | null>(null);
  const of = terms.occasions[shown];
  if (!of) return null;
  const change = (part: Partial<OccasionTerms>) => onChange({ ...terms, occasions: { ...terms.occasions, [shown]: { ...of, ...part } } });
  const field = tongue === "zh-CN" ? "zh" : "en";
  const wording = of[field];
  const names = setup.placeholders.find((one) => one.occasion === shown)?.names ?? [];
  return (
    <Section title={t`Occasions and words`}>
      <div className={css.fields}>
        <Select
          label={t`Occasion`}
          options={occasions.map((one) => ({
            key: one,
            text: terms.occasions[one]?.on ? words.occasion[one] : `${words.occasion[one]} (${t`off`})`,
          }))}
          value={shown}
          onChange={setShown}
        />
        <Check value={of.on} onChange={(on) => change({ on })}>
          {t`Members are told of it`}
        </Check>
        <div className={css.pair}>
          <Select
            label={t`Sent by`}
            options={channels.map((one) => ({ key: one, text: words.channel[one] }))}
            value={of.channel}
            onChange={(channel) => change({ channel })}
          />
          <Select
            label={t`Words in`}
            options={[
              { key: "zh-CN", text: "中文" },
              { key: "en", text: "English" },
            ]}
            value={tongue}
            onChange={setTongue}
          />
        </div>
        <TextField
          label={t`Subject`}
          value={wording.subject}
          onChange={(subject) => change({ [field]: { ...wording, subject } })}
          hint={t`For email alone.`}
          maxLength={200}
        />
        <TextField
          label={t`Text`}
          value={wording.text}
          onChange={(text) => change({ [field]: { ...wording, text } })}
          rows={4}
          maxLength={2000}
        />
        <div className={css.figures} role="group" aria-label={t`Placeholders`}>
          {names.map(([english, chinese]) => {
            const name = `{${tongue === "zh-CN" ? chinese : english}}`;
            return (
              <Button
                key={english}
                kind="quiet"
                label={t`Insert ${name}`}
                onPress={() => change({ [field]: { ...wording, text: `${wording.text}${name}` } })}
              >
                {name}
              </Button>
            );
          })}
        </div>
        <Combo
          label={t`Preview with a member`}
          chosen={member}
          onChoose={setMember}
          search={async (text) => (await call("find_members", text)).map((one) => ({ key: one.member, text: one.name, more: one.number }))}
          none={t`Nobody is found.`}
          clear={t`With nobody in particular`}
          placeholder={t`Name, initials, number or phone`}
        />
        <Preview occasion={shown} wording={wording} language={tongue} member={member?.key ?? null} />
      </div>
    </Section>
  );
}

function Preview(draft: { occasion: Occasion; wording: { subject: string; text: string }; language: Tongue; member: string | null }) {
  const { t } = useLingui();
  const answer = useAnswer("preview_message", draft, { topics: ["settings", "members"], keep: true });
  if (answer.error) return <FailureStrip failure={answer.error} />;
  if (!answer.data) return null;
  return (
    <figure className={css.logoPaper} aria-label={t`Preview`}>
      <strong>{answer.data.subject}</strong>
      <p className={css.preview}>{answer.data.text}</p>
    </figure>
  );
}
