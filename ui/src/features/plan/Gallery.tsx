import { useLingui } from "@lingui/react/macro";
import { Button, Seal } from "../../design";
import { useAnswer } from "../../host/answers";
import { FailureStrip } from "../../shell";
import css from "./Plan.module.css";

/** Plans to begin with, each with what it can cost at most and whether the law here allows it. */
export function Gallery({ onTake }: { onTake: (text: string) => void }) {
  const { t, i18n } = useLingui();
  const answer = useAnswer("plan_gallery", i18n.locale, { topics: ["settings"] });
  return (
    <>
      <FailureStrip failure={answer.error} />
      <ul className={css.gallery} aria-label={t`Plans to begin with`}>
        {answer.data?.map((plan) => {
          const name = plan.name;
          return (
            <li key={plan.id} className={css.galleryPlan}>
              <div className={css.galleryWords}>
                <h3>
                  {name} {plan.forbidden && <Seal tone="stop">{t`forbidden here`}</Seal>}
                </h3>
                <p>{plan.about}</p>
              </div>
              <span className={css.galleryBound}>
                <small>{t`at most`}</small>
                {plan.bound ?? t`no bound`}
              </span>
              <Button label={t`Begin with this: ${name}`} onPress={() => onTake(plan.text)}>
                {t`Begin with this`}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
