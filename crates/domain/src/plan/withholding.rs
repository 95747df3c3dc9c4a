//! Tax withheld from commissions in China, exact. For information; no legal advice.
//!
//! Labour remuneration, per person and month over all payouts: 个人所得税扣缴申报管理办法（试行）, State Taxation Administration notice 2018 no. 61, and its
//! withholding table 二. People who earn through an internet platform are withheld cumulatively: notice 2025 no. 16, with table 一.

use crate::exact::Exact;

/// Upper end of the slice (absent for the last), percent, quick deduction.
type Slice = (Option<i64>, i64, i64);

/// Table 二: labour remuneration.
const LABOUR: [Slice; 3] = [(Some(20_000), 20, 0), (Some(50_000), 30, 2_000), (None, 40, 7_000)];

/// Table 一: comprehensive income, cumulative over the year.
const COMPREHENSIVE: [Slice; 7] = [
    (Some(36_000), 3, 0),
    (Some(144_000), 10, 2_520),
    (Some(300_000), 20, 16_920),
    (Some(420_000), 25, 31_920),
    (Some(660_000), 30, 52_920),
    (Some(960_000), 35, 85_920),
    (None, 45, 181_920),
];

/// Tax on one person's labour remuneration of one month, in yuan: up to 4,000 less 800, above it less 20%; then 20% to 20,000, 30% less 2,000 to
/// 50,000, 40% less 7,000 above. Never below zero; continuous, and what is left never falls as the gross rises.
pub fn labour_monthly(gross: &Exact) -> Exact {
    let taxable = if *gross <= Exact::from(4_000) { gross - &Exact::from(800) } else { gross * &percent(80) };
    by_table(&taxable, &LABOUR)
}

/// Tax to withhold this month from someone who earns through an internet platform, in yuan: the year's gross so far, this month included, less 20%, less
/// 5,000 per month so far, by the table for comprehensive income, less what was withheld before. Never below zero.
pub fn platform_cumulative(gross_so_far: &Exact, months: u32, withheld_before: &Exact) -> Exact {
    let taxable = gross_so_far * &percent(80) - Exact::from(5_000 * i64::from(months));
    (by_table(&taxable, &COMPREHENSIVE) - withheld_before.clone()).max(Exact::ZERO)
}

fn percent(percent: i64) -> Exact {
    Exact::from(percent).over(&Exact::from(100)).unwrap_or(Exact::ZERO)
}

fn by_table(taxable: &Exact, table: &[Slice]) -> Exact {
    let slice = table.iter().find(|(end, ..)| end.is_none_or(|end| *taxable <= Exact::from(end)));
    let tax = slice.map_or(Exact::ZERO, |(_, rate, quick)| taxable * &percent(*rate) - Exact::from(*quick));
    tax.max(Exact::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Exact {
        Exact::parse(text).expect("a number")
    }

    #[test]
    fn published_examples() {
        for (gross, tax) in [("0", "0"), ("800", "0"), ("2000", "240"), ("4000", "640"), ("60000", "12400"), ("100000", "25000")] {
            assert_eq!(labour_monthly(&yuan(gross)), yuan(tax), "{gross}");
        }
    }

    #[test]
    fn continuous_and_net_pay_never_falls() {
        // Every slice is straight, so steps of one yuan over all of them, and a fen on each side of every edge, show it for all amounts.
        let fen = yuan("0.01");
        let edges = ["800", "4000", "25000", "62500"];
        let whole = (0..70_000).map(Exact::from);
        let close = edges.iter().flat_map(|edge| [&yuan(edge) - &fen, yuan(edge), &yuan(edge) + &fen]);
        let mut grosses: Vec<Exact> = whole.chain(close).collect();
        grosses.sort();
        for pair in grosses.windows(2) {
            let (step, tax) = (&pair[1] - &pair[0], &labour_monthly(&pair[1]) - &labour_monthly(&pair[0]));
            assert!(!tax.is_negative() && tax <= &step * &percent(40), "{} to {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn cumulative_withholding_over_three_months() {
        let (mut gross, mut withheld, mut taxes) = (Exact::ZERO, Exact::ZERO, Vec::new());
        for (month, income) in (1..).zip(["10000", "10000", "60000"]) {
            gross += &yuan(income);
            let tax = platform_cumulative(&gross, month, &withheld);
            withheld += &tax;
            taxes.push(tax.to_string());
        }
        assert_eq!(taxes, ["90", "90", "2200"]);
        assert_eq!(platform_cumulative(&yuan("100"), 1, &Exact::ZERO), Exact::ZERO);
    }
}
