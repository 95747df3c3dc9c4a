//! The real file of a real shop, with all its dirt: what comes out of it must be the earlier system's own figures to the last thousandth.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use banyan_paper::{
    amount::scaled,
    columns::{SheetKind, guess},
    intake::{
        Counts, Remark,
        dates::DateOrder,
        members::MembersIntake,
        sales::{NumberPrefix, SalesIntake, SalesRules},
    },
    sheet_in::{Delimiter, SheetFound, SheetIn, SheetOptions},
};
use domain::import::ImportedKind;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name)
}

/// Millionths of a penny.
fn micro(text: &str) -> i64 {
    scaled(text, 8).unwrap()
}

#[test]
fn the_retail_file_comes_to_its_control_sums() {
    let mut sheet = SheetIn::open(&data("uci_online_retail.csv.xz"), &SheetOptions::default()).unwrap();
    assert_eq!(*sheet.found(), SheetFound::Csv { encoding: "UTF-8".into(), delimiter: Delimiter::Comma, packed: true });
    let rules = SalesRules { ahead_of_utc_minutes: 0, ..SalesRules::default() };
    let mut intake = SalesIntake::new(guess(SheetKind::Sales, sheet.header()), rules);
    for row in sheet.by_ref() {
        intake.take(&row.unwrap());
    }
    let (done, all) = sheet.progress().now();
    assert_eq!(done, all);
    let (intake, summary) = intake.finish();

    // Every row ends as exactly one kind.
    assert_eq!((intake.counts.rows, intake.counts.rejected, intake.counts.good + intake.counts.fixable), (541_909, 0, 541_909));
    assert_eq!((summary.sales, intake.records.len(), summary.customers, summary.walk_in_lines), (25_900, 25_900, 4_372, 135_080));
    assert_eq!(intake.records.iter().map(|(_, sale)| sale.lines.len()).sum::<usize>(), 541_909);
    assert_eq!(intake.records.iter().map(|(_, sale)| sale.lines.len()).max(), Some(1_114));

    // The earlier system's figures.
    assert_eq!(summary.total.net_micro, micro("9747747.934"));
    let by_prefix: Vec<(NumberPrefix, i64)> = summary.by_prefix.iter().map(|(prefix, sum)| (*prefix, sum.net_micro)).collect();
    assert_eq!(
        by_prefix,
        [
            (NumberPrefix::Plain, micro("10655622.484")),
            (NumberPrefix::Cancellation, micro("-896812.49")),
            (NumberPrefix::Adjustment, micro("-11062.06"))
        ]
    );
    assert_eq!(summary.by_prefix[&NumberPrefix::Cancellation].lines, 9_288);
    let months: Vec<(&str, i64)> =
        summary.by_month.iter().map(|(month, kinds)| (month.as_str(), kinds.values().map(|sum| sum.net_micro).sum())).collect();
    let expected = [
        ("2010-12", "748957.02"),
        ("2011-01", "560000.26"),
        ("2011-02", "498062.65"),
        ("2011-03", "683267.08"),
        ("2011-04", "493207.121"),
        ("2011-05", "723333.51"),
        ("2011-06", "691123.12"),
        ("2011-07", "681300.111"),
        ("2011-08", "682680.51"),
        ("2011-09", "1019687.622"),
        ("2011-10", "1070704.67"),
        ("2011-11", "1461756.25"),
        ("2011-12", "433668.01"),
    ];
    assert_eq!(months, expected.map(|(month, net)| (month, micro(net))));

    // The kinds explain the whole, and the records carry it.
    let mut kinds: BTreeMap<ImportedKind, (u64, i64)> = BTreeMap::new();
    for line in intake.records.iter().flat_map(|(_, sale)| &sale.lines) {
        let sum = kinds.entry(line.kind).or_default();
        *sum = (sum.0 + 1, sum.1 + i64::try_from(i128::from(line.unit_micro) * i128::from(line.qty_milli) / 1000).unwrap());
    }
    let said: BTreeMap<ImportedKind, (u64, i64)> = summary.by_kind.iter().map(|(kind, sum)| (*kind, (sum.lines, sum.net_micro))).collect();
    assert_eq!(kinds, said);
    assert_eq!(intake.records.iter().map(|(_, sale)| sale.net_micro).sum::<i64>(), micro("9747747.934"));
    let minor: i64 = intake.records.iter().map(|(_, sale)| sale.net_minor).sum();
    assert_eq!(summary.rounding_micro, minor * 1_000_000 - micro("9747747.934"));
    let explained = [
        (ImportedKind::Sale, 527_761, "10271433.063"),
        (ImportedKind::Cancellation, 8_704, "-478724.18"),
        (ImportedKind::Free, 1_162, "0"),
        (ImportedKind::WriteOff, 1_336, "0"),
        (ImportedKind::Freight, 2_110, "279462.12"),
        (ImportedKind::Manual, 572, "-68671.64"),
        (ImportedKind::Discount, 77, "-5696.22"),
        (ImportedKind::Fee, 87, "-236629.569"),
        (ImportedKind::Voucher, 34, "685.81"),
        (ImportedKind::Sample, 63, "-3049.39"),
        (ImportedKind::Adjustment, 3, "-11062.06"),
    ];
    assert_eq!(kinds, explained.map(|(kind, lines, net)| (kind, (lines, micro(net)))).into());
    // Three pads at a thousandth of a pound and a bank charge of one come to nothing in whole pennies.
    assert_eq!(summary.rounding_micro, -400_000);

    // The dirt is noted, not dropped.
    let mut remarks: HashMap<&str, u64> = HashMap::new();
    for said in &intake.remarks {
        let code = match said.remark {
            Remark::NameMissing => "nameless",
            Remark::DuplicateLine { .. } => "duplicate",
            Remark::OtherTime { .. } => "other time",
            _ => "other",
        };
        *remarks.entry(code).or_default() += 1;
    }
    assert_eq!((remarks["nameless"], remarks["duplicate"], remarks.get("other")), (1_454, 5_268, None), "{remarks:?}");
}

#[test]
fn its_sponsors_are_a_forest() {
    let mut sheet = SheetIn::open(&data("sponsors.csv"), &SheetOptions::default()).unwrap();
    let mut intake = MembersIntake::new(guess(SheetKind::Members, sheet.header()), "44", 2, DateOrder::Clear);
    sheet.by_ref().for_each(|row| intake.take(&row.unwrap()));
    let intake = intake.finish();
    assert_eq!(intake.counts, Counts { rows: 4_372, good: 0, fixable: 4_372, rejected: 0 });
    assert!(intake.remarks.iter().all(|said| said.remark == Remark::NameMissing));
    let mut known: Vec<&str> = Vec::new();
    for (_, member) in &intake.records {
        assert!(member.sponsor.as_deref().is_none_or(|sponsor| known.contains(&sponsor)));
        known.push(&member.number);
    }
}
