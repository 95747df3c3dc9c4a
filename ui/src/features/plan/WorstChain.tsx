import { useLingui } from "@lingui/react/macro";
import { LevelChip, writePercent } from "../../design";
import type { WorstCase } from "../../host";
import css from "./Plan.module.css";

const WIDTH = 120;
const HEIGHT = 10;

/** The chain that the plan pays most for, as the engine ran it: one bar for each place on the level scale. */
export function WorstChain({ worst }: { worst: WorstCase }) {
  const { t } = useLingui();
  const most = Math.max(1, ...worst.places.map((place) => place.share_ppm));
  const share = worst.share;
  return (
    <figure className={css.worst}>
      <figcaption className={css.aside}>
        {worst.reaches_bound
          ? t`The costliest chain pays ${share}, exactly the bound:`
          : t`The costliest chain that was found pays ${share}:`}
      </figcaption>
      <ol>
        {worst.places.map((place, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the chain is its distance from the buyer.
          <li key={at} className={css.worstPlace}>
            <span className={css.place}>{at === 0 ? t`Buyer` : <LevelChip depth={at} />}</span>
            <span className={css.worstRank}>{place.rank ?? ""}</span>
            <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" data-level={Math.min(at, 5)}>
              <rect className={css.track} width={WIDTH} height={HEIGHT} rx="1" />
              <rect className={css.bar} width={Math.round((WIDTH * place.share_ppm) / most)} height={HEIGHT} rx="1" />
            </svg>
            <span className={css.worstShare}>{writePercent(place.share_ppm)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
