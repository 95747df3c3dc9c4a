//! Whole sales from files, worked out by hand, and what is refused in such a file.

use banyan_domain::pricing::quote_scenario;
use serde_json::{Value, json};

/// The example of the pricing rules.
fn example() -> Value {
    json!({"shop": {"currency": "CNY", "cash_rounding": "0.01", "tax": {"std": {"rate": "13%", "included": true}},
                    "points": {"earn_per": "1", "value": "0.01", "step": 100, "max_share": "50%"}},
           "products": [{"id": "tea", "price": "30.00", "tax": "std", "category": "food", "level_prices": {"gold": "27.00"}, "breaks": [["5", "28.00"]]}],
           "member": {"level": "gold", "points": 5000, "discount": "100%", "points_multiplier": "1.5"},
           "draft": {"lines": [{"product": "tea", "qty": "3", "discount": {"percent": "10%"}}],
                     "discounts": [{"percent": "5%", "max": "4.00"}, {"amount": "2.00", "category": "food"}],
                     "points": 1000,
                     "tenders": [{"kind": "cash", "amount": "100.00"}]},
           "returns": [{"lines": [{"line": 0, "qty": "1"}]}]})
}

fn quoted(scenario: &Value) -> Value {
    quote_scenario(&scenario.to_string()).unwrap()
}

fn refused(scenario: &Value) -> String {
    quote_scenario(&scenario.to_string()).unwrap_err().to_string()
}

#[test]
fn the_example_of_the_rules() {
    // 3 × 27.00 = 81.00; 10 % off 8.10; 5 % of 72.90 is 3.645, 3.65; 2.00; 1000 points 10.00; tax 57.25 × 13 / 113; points 57.25 × 1.5.
    let expected = json!({"lines": [{"unit": "27.00", "gross": "81.00", "discount": "13.75", "points_offset": "10.00", "net": "57.25", "tax": "6.59",
                                     "commission_base": "57.25"}],
        "goods": "57.25", "tax": "6.59", "due": "57.25", "paid": "100.00", "change": "42.75", "points_spent": 1000, "points_earned": 85,
        "returns": [{"refund": "19.08", "tax": "2.20", "points_taken": 28, "points_given": 333, "commission_base": "19.08"}]});
    let answer = quoted(&example());
    assert_eq!(answer, expected);
    // The order of fields is part of the answer.
    assert_eq!(answer.to_string(), expected.to_string());
}

#[test]
fn the_least_that_a_file_may_say() {
    let answer =
        quoted(&json!({"shop": {"currency": "CNY"}, "products": [{"id": "A", "price": "3"}], "draft": {"lines": [{"product": "A", "qty": "1"}]}}));
    let line = json!({"unit": "3.00", "gross": "3.00", "discount": "0.00", "points_offset": "0.00", "net": "3.00", "tax": "0.00", "commission_base": "3.00"});
    let expected = json!({"lines": [line], "goods": "3.00", "tax": "0.00", "due": "3.00", "paid": "0.00", "change": "0.00", "points_spent": 0,
        "points_earned": 0, "returns": []});
    assert_eq!(answer, expected);
}

#[test]
fn several_rates_on_top_and_inside_weighed_and_rounded_for_cash() {
    let answer = quoted(&json!({
        "shop": {"currency": "EUR", "cash_rounding": "0.05", "tax": {"in": {"rate": "0.21"}, "top": {"rate": "8.25%", "included": false}}},
        "products": [{"id": "apples", "price": "3.99", "tax": "in", "weighed": true}, {"id": "book", "price": "10.00", "tax": "top"}],
        "draft": {"lines": [{"product": "apples", "qty": "0.755"}, {"product": "book", "qty": "1", "discount": {"amount": "1.00"}}],
                  "tenders": [{"kind": "card", "amount": "5.00"}, {"kind": "cash", "amount": "10.00"}]},
        "returns": [{"lines": [{"line": 1, "qty": "1"}]}, {"lines": [{"line": 0, "qty": "0.755"}]}]}));
    // 3.99 × 0.755 = 3.01245, tax 3.01 × 21 / 121 = 0.522; 9.00 with 0.7425 on top; due 12.75; cash 7.75.
    assert_eq!(answer["lines"][0]["net"], "3.01");
    assert_eq!(answer["lines"][0]["tax"], "0.52");
    assert_eq!(answer["lines"][1]["tax"], "0.74");
    assert_eq!([&answer["goods"], &answer["tax"], &answer["due"], &answer["change"]], ["12.01", "1.26", "12.75", "2.25"]);
    assert_eq!(answer["returns"][0]["refund"], "9.74");
    assert_eq!(answer["returns"][1]["refund"], "3.01");
    assert!(answer.get("cash_rounding").is_none());
}

#[test]
fn gifts_coupons_thresholds_and_dates() {
    let answer = quoted(&json!({
        "shop": {"currency": "CNY", "points": {"earn_per": "10", "per_order": 5, "categories": ["food"]},
                 "coupons": {"NEW": {"percent": "10%", "threshold": "100", "max": "8.00"}}},
        "products": [{"id": "tea", "price": "60", "category": "food", "dated_prices": [{"from": "2026-11-01", "to": "2026-11-30", "price": "90%"}]},
                     {"id": "mug", "price": "25", "gift_points": 300},
                     {"id": "cup", "price": "20", "earns": "nothing", "no_commission": true}],
        "member": {"points": 300},
        "today": "2026-11-30",
        "draft": {"lines": [{"product": "tea", "qty": "2"}, {"product": "mug", "qty": "1", "gift": true}, {"product": "cup", "qty": "1"}],
                  "discounts": [{"threshold": "50", "off": "10", "every": true, "max": "15"}, {"coupon": "NEW"}, {"coupon": "GIFT", "amount": "1.00", "category": "food"}]},
        "returns": [{"lines": [{"line": 1, "qty": "1"}]}]}));
    // 108 + 20 = 128; twice 10, at most 15: 12.66 and 2.34; 113 left: 10 % is 11.30, at most 8.00: 6.75 and 1.25; 1.00 on the tea: 87.59.
    assert_eq!(answer["lines"][0]["unit"], "54.00");
    assert_eq!(answer["lines"][0]["discount"], "20.41");
    assert_eq!(answer["lines"][2]["net"], "16.41");
    assert_eq!([&answer["lines"][1]["gross"], &answer["lines"][2]["commission_base"]], ["0.00", "0.00"]);
    assert_eq!(answer["due"], "104.00");
    assert_eq!([&answer["points_spent"], &answer["points_earned"]], [300, 13]);
    assert_eq!([&answer["returns"][0]["points_given"], &answer["returns"][0]["points_taken"]], [300, 0]);
}

#[test]
fn tenders_that_do_not_settle_are_said_so() {
    let mut scenario = example();
    scenario["draft"]["tenders"] = json!([{"kind": "card", "amount": "57.00"}]);
    assert_eq!(quoted(&scenario)["refused"], "the customer still owes 25");
    scenario["draft"]["tenders"] = json!([{"kind": "balance", "amount": "57.25"}]);
    assert!(quoted(&scenario).get("refused").is_none());
    scenario["member"]["balance"] = json!("57.00");
    assert_eq!(quoted(&scenario)["refused"], "the member's balance is short of 25");
}

#[test]
fn yen_have_no_decimals() {
    let answer = quoted(&json!({"shop": {"currency": "JPY", "cash_rounding": "10"}, "products": [{"id": "A", "price": "105"}],
        "draft": {"lines": [{"product": "A", "qty": "1"}], "tenders": [{"kind": "cash", "amount": "200"}]}}));
    assert_eq!([&answer["due"], &answer["change"], &answer["cash_rounding"]], ["105", "90", "5"]);
}

#[test]
fn what_is_not_as_documented_is_refused_by_path() {
    let with = |path: &str, value: Value| {
        let mut scenario = example();
        *scenario.pointer_mut(path).unwrap() = value;
        refused(&scenario)
    };
    assert_eq!(with("/shop/currency", json!("yuan")), "shop.currency: yuan is not a currency code of three capital letters");
    assert_eq!(with("/products/0/price", json!(30)), "products[0].price: is a number; numbers with decimals are written as text, like \"12.30\"");
    assert_eq!(with("/products/0/price", json!("30.001")), "products[0].price: 30.001 has more than 2 decimals");
    assert_eq!(with("/products/0/price", json!("-1")), "products[0].price: is below zero");
    assert_eq!(with("/products/0/breaks/0", json!(["5"])), "products[0].breaks[0]: is not a pair of quantity and price");
    assert_eq!(with("/draft/lines/0/qty", json!("1.0005")), "draft.lines[0].qty: 1.0005 has more than 3 decimals");
    assert_eq!(with("/draft/lines/0/qty", json!("0")), "draft.lines[0]: line 0: the quantity must be above zero");
    assert_eq!(with("/draft/lines/0/product", json!("milk")), "draft.lines[0]: line 0: there is no product milk");
    assert_eq!(with("/draft/lines/0/discount", json!({})), "draft.lines[0].discount: needs either percent or amount");
    assert_eq!(with("/draft/lines/0", json!({"product": "tea"})), "draft.lines[0].qty: is missing");
    assert_eq!(with("/draft/lines", json!([])), "draft.lines: a sale needs at least one line");
    assert_eq!(with("/draft/discounts/0", json!({"percent": "5%", "amount": "1"})), "draft.discounts[0]: takes only one of percent and amount");
    assert_eq!(with("/draft/discounts/0", json!({"coupon": "X"})), "draft.discounts: there is no coupon X");
    assert_eq!(with("/draft/points", json!("1000")), "draft.points: is not a whole number");
    assert_eq!(with("/draft/points", json!(1000.0)), "draft.points: is not a whole number");
    assert_eq!(
        with("/draft/tenders/0/kind", json!("gold")),
        "draft.tenders[0].kind: is none of cash, card, wechat, alipay, transfer, balance, voucher"
    );
    assert_eq!(with("/draft/tenders/0", json!({"kind": "cash", "amout": "1"})), "draft.tenders[0].amout: is not known here; known: kind, amount");
    assert_eq!(with("/returns/0/lines/0/qty", json!("4")), "returns[0].lines[0]: line 0: only 3000 thousandths are left to return");
    assert_eq!(with("/returns/0/lines/0/line", json!(1)), "returns[0].lines[0]: the sale has no line 1");
    assert_eq!(with("/shop/tax/std/rate", json!("thirteen")), "shop.tax.std.rate: \"thirteen\" is not a number");
    assert_eq!(with("/products/0/tax", json!("none")), "draft.lines[0]: line 0: there is no tax class none");
    assert_eq!(with("/member", json!([])), "member: is not an object");
    let mut twice = example();
    let tea = twice["products"][0].clone();
    twice["products"].as_array_mut().unwrap().push(tea);
    assert_eq!(refused(&twice), "products[1]: product tea is there twice");
    let mut dated = example();
    dated["today"] = json!("2026-02-29");
    assert_eq!(refused(&dated), "today: \"2026-02-29\" is not a date like 2026-11-22");
    let said = |text: &str| quote_scenario(text).unwrap_err().to_string();
    assert!(said(r#"{"shop":{"currency":"CNY","currency":"EUR"}}"#).starts_with("$: field currency is there twice"));
    assert!(said("{").starts_with("$: "));
    assert_eq!(said("[]"), "$: is not an object");
}
