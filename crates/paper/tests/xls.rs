//! A workbook of the old kind, as older tills export it.

use std::path::Path;

use banyan_paper::sheet_in::{SheetFound, SheetOptions, preview};

#[test]
fn the_old_workbook_reads_like_the_new() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/products.xls");
    let shown = preview(&path, &SheetOptions::default()).unwrap();
    assert_eq!(shown.found, SheetFound::Workbook { sheets: vec!["商品".into()], sheet: "商品".into() });
    assert_eq!(shown.header, ["编码", "名称", "售价", "日期"]);
    let rows: Vec<(u64, String)> = shown.rows.iter().map(|row| (row.number, row.cells.join("|"))).collect();
    assert_eq!(rows, [(3, "T1|铁观音|30.5|2011-12-09 00:00:00".into()), (5, "6901234567892|花茶|18".into())]);
}
