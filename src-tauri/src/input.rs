//! Keys and input methods: what the web view does on its own and the till must not meet.

use tauri::WebviewWindow;

/// Takes the browser's own keys (find, reload, caret browsing, print) from WebView2, where they would leave the till in
/// the middle of a sale. The screens still receive these keys. Development builds keep them.
#[must_use]
pub fn browser_keys_off() -> &'static str {
    if cfg!(windows) && !cfg!(debug_assertions) { include_str!("keys.js") } else { "" }
}

/// Shows a Chinese word while it is being composed. wry switches this off on Linux, so that the word appears only when it
/// is finished; WebKitGTK 2.50 and newer place the candidate list well with it on.
#[cfg(target_os = "linux")]
pub fn show_composition(window: &WebviewWindow) {
    use webkit2gtk::{InputMethodContextExt, WebViewExt};

    if std::env::var("BANYAN_COMPOSITION").is_ok_and(|value| value == "off") || !places_candidates_well(webkit_version()) {
        return;
    }
    let outcome = window.with_webview(|view| {
        if let Some(context) = view.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    });
    if let Err(error) = outcome {
        eprintln!("words are not shown while they are composed: {error}");
    }
}

/// Nothing to do: the other systems show a word while it is being composed.
#[cfg(not(target_os = "linux"))]
pub fn show_composition(_window: &WebviewWindow) {}

/// The running WebKitGTK's version, from Tauri's report of it.
#[cfg(target_os = "linux")]
fn webkit_version() -> Option<(u32, u32)> {
    let reported = tauri::webview_version().ok()?;
    let mut parts = reported.split('.').map(str::parse::<u32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Some((major, minor)),
        (Some(_) | None, Some(_) | None) => None,
    }
}

#[cfg(target_os = "linux")]
fn places_candidates_well(version: Option<(u32, u32)>) -> bool {
    version.is_some_and(|found| found >= (2, 50))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::places_candidates_well;

    #[test]
    fn composition_is_shown_from_webkit_2_50_on() {
        assert!(places_candidates_well(Some((2, 50))));
        assert!(places_candidates_well(Some((3, 0))));
        assert!(!places_candidates_well(Some((2, 48))));
        assert!(!places_candidates_well(None));
    }
}
