//! Which country a shop stands in, as far as its time zone and its currency tell.

/// The calling code of the shop's country, digits only: what its time zone says, else its currency; empty where neither tells.
pub fn calling_code(time_zone: &str, currency: &str) -> &'static str {
    by_zone(time_zone).or_else(|| by_currency(currency)).unwrap_or("")
}

fn by_zone(zone: &str) -> Option<&'static str> {
    Some(match zone {
        "Asia/Shanghai" | "Asia/Chongqing" | "Asia/Harbin" | "Asia/Urumqi" | "PRC" => "86",
        "Asia/Hong_Kong" | "Hongkong" => "852",
        "Asia/Macau" => "853",
        "Asia/Taipei" | "ROC" => "886",
        "Asia/Singapore" | "Singapore" => "65",
        "Asia/Kuala_Lumpur" | "Asia/Kuching" => "60",
        "Asia/Bangkok" => "66",
        "Asia/Ho_Chi_Minh" | "Asia/Saigon" => "84",
        "Asia/Jakarta" | "Asia/Makassar" | "Asia/Jayapura" | "Asia/Pontianak" => "62",
        "Asia/Manila" => "63",
        "Asia/Tokyo" | "Japan" => "81",
        "Asia/Seoul" | "ROK" => "82",
        "Asia/Kolkata" | "Asia/Calcutta" => "91",
        "Asia/Dubai" => "971",
        "Australia/Sydney" | "Australia/Melbourne" | "Australia/Brisbane" | "Australia/Adelaide" | "Australia/Perth" => "61",
        "Pacific/Auckland" => "64",
        "Europe/London" | "GB" => "44",
        "Europe/Dublin" => "353",
        "Europe/Paris" => "33",
        "Europe/Berlin" | "Europe/Busingen" => "49",
        "Europe/Vienna" => "43",
        "Europe/Zurich" => "41",
        "Europe/Rome" => "39",
        "Europe/Madrid" | "Atlantic/Canary" => "34",
        "Europe/Lisbon" => "351",
        "Europe/Brussels" => "32",
        "Europe/Amsterdam" => "31",
        "Europe/Luxembourg" => "352",
        "Europe/Warsaw" => "48",
        "Europe/Prague" => "420",
        "Europe/Budapest" => "36",
        "Europe/Stockholm" => "46",
        "Europe/Oslo" => "47",
        "Europe/Copenhagen" => "45",
        "Europe/Helsinki" => "358",
        "Europe/Athens" => "30",
        "America/Sao_Paulo" => "55",
        "America/Mexico_City" => "52",
        "Africa/Johannesburg" => "27",
        "Africa/Lagos" => "234",
        "Africa/Nairobi" => "254",
        _ => return None,
    })
}

/// A currency names one country, or the one that most of its shops stand in; the euro names none.
fn by_currency(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "CNY" => "86",
        "HKD" => "852",
        "MOP" => "853",
        "TWD" => "886",
        "GBP" => "44",
        "JPY" => "81",
        "USD" | "CAD" => "1",
        "SGD" => "65",
        "MYR" => "60",
        "AUD" => "61",
        "NZD" => "64",
        "CHF" => "41",
        "INR" => "91",
        "KRW" => "82",
        "THB" => "66",
        "VND" => "84",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::calling_code;

    #[test]
    fn the_zone_goes_before_the_currency() {
        assert_eq!(calling_code("Asia/Shanghai", "CNY"), "86");
        assert_eq!(calling_code("Europe/Berlin", "EUR"), "49");
        assert_eq!(calling_code("UTC", "GBP"), "44");
        assert_eq!(calling_code("America/New_York", "USD"), "1");
        assert_eq!(calling_code("UTC", "EUR"), "");
    }
}
