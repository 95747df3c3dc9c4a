import { useLingui } from "@lingui/react/macro";
import { Button, KeyCap } from "../../design";
import { go, keyTable, useKeys, useSession } from "../../shell";
import css from "./KeyCard.module.css";

/** The keyboard card for the wall beside the till: the keys as the program itself lists them, on one sheet of paper. */
export default function KeyCard() {
  const { t, i18n } = useLingui();
  const { shop } = useSession();
  const keysOf = (where: "till" | "everywhere") =>
    keyTable.filter((row) => row.where === where).map((row) => [row.keys, i18n._(row.name)] as const);
  const back = () => go("/till");
  const print = () => window.print();
  useKeys({ Escape: back, "Ctrl+P": print });
  return (
    <article className={css.card}>
      <header className={css.head}>
        <h1 className={css.title}>{t`Keyboard card`}</h1>
        <span className={css.shop}>{shop.name}</span>
        <div className={css.acts}>
          <Button onPress={back} keys="Escape">{t`To the till`}</Button>
          <Button kind="ink" onPress={print} keys="Ctrl+P">
            {t`Print`}
          </Button>
        </div>
      </header>
      <h2 className={css.part}>{t`Keys of the till`}</h2>
      <Keys keys={keysOf("till")} />
      <h2 className={css.part}>{t`Everywhere`}</h2>
      <Keys keys={keysOf("everywhere")} />
    </article>
  );
}

function Keys({ keys }: { keys: readonly (readonly [string, string])[] }) {
  return (
    <dl className={css.keys}>
      {keys.map(([key, what]) => (
        <div key={key} className={css.key}>
          <dt>
            <KeyCap keys={key} />
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
