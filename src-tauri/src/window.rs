//! The one window that asks.

use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::{display, input, language};

/// The label by which the capabilities and the announcements know the window.
pub const MAIN: &str = "main";

/// The smallest size, in logical pixels, at which every screen still fits (see the layout of the till).
const SMALLEST: (f64, f64) = (1024.0, 700.0);

/// What a window measures before a person has sized it, in logical pixels.
const USUAL: (f64, f64) = (1280.0, 800.0);

/// Opens the window on the built screens.
///
/// # Errors
/// The system refuses a window or has no web view.
pub fn open(handle: &AppHandle) -> tauri::Result<WebviewWindow> {
    let builder = WebviewWindowBuilder::new(handle, MAIN, WebviewUrl::default())
        .title("Banyan 榕店")
        .inner_size(USUAL.0, USUAL.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        // Files dropped on the window belong to the screens, which show where they may be dropped.
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(true)
        // The screens say where one is; the system shows it in the title bar and the list of windows.
        .on_document_title_changed(name)
        .on_navigation(|url| is_own(url.scheme(), url.host_str()))
        .initialization_script(input::browser_keys_off())
        .initialization_script(language::of_session());
    let window = builder.build()?;
    input::show_composition(&window);
    // The customer display does not outlive the till.
    let whole = handle.clone();
    window.on_window_event(move |event| {
        if matches!(event, tauri::WindowEvent::Destroyed) {
            display::close(&whole);
        }
    });
    Ok(window)
}

fn name(window: WebviewWindow, title: String) {
    if let Err(error) = window.set_title(&title) {
        eprintln!("the window keeps its old title: {error}");
    }
}

/// Brings the window to the front, when somebody starts the program a second time.
pub fn show(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(MAIN) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(error) = step {
                eprintln!("the window does not come to the front: {error}");
            }
        }
    }
}

/// Whether an address is one of the shop's own screens; no window goes anywhere else.
pub fn is_own(scheme: &str, host: Option<&str>) -> bool {
    match host {
        Some("localhost") => scheme == "tauri" || (cfg!(not(feature = "custom-protocol")) && scheme == "http"),
        Some("tauri.localhost") => scheme == "http" || scheme == "https",
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn the_window_stays_on_its_own_screens() {
        assert!(is_own("tauri", Some("localhost")));
        assert!(is_own("http", Some("tauri.localhost")));
        assert!(!is_own("https", Some("example.com")));
        assert!(!is_own("file", None));
        assert!(!is_own("https", Some("localhost")));
    }
}
