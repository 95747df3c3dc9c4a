//! The customer display: a second window that is told what to show and may ask nothing.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use app::Notice;
use tauri::{AppHandle, Emitter, Manager, WebviewUrl, WebviewWindowBuilder};

use crate::{input, language, window};

/// The label by which its capability and what it is told know it.
pub const DISPLAY: &str = "display";

/// What it measures where there is one screen alone, in logical pixels.
const USUAL: (f64, f64) = (960.0, 600.0);

/// How often it is told again where the sale stands, for a display that was opened in the middle of one.
const AGAIN: Duration = Duration::from_secs(1);

/// What the customer was last to see.
#[derive(Default)]
pub struct Last(Mutex<Option<Notice>>);

/// Keeps what the customer is to see, and tells the display where it is open.
pub fn tell(handle: &AppHandle, notice: Notice) {
    *handle.state::<Last>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(notice);
    tell_again(handle);
}

fn tell_again(handle: &AppHandle) {
    let last = handle.state::<Last>().0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let (Some(notice), true) = (last, handle.get_webview_window(DISPLAY).is_some())
        && let Err(error) = handle.emit_to(DISPLAY, "customer", notice)
    {
        eprintln!("the customer display does not hear the till: {error}");
    }
}

/// Opens the display: full on the second screen where there is one, else as a window to be moved. One that is open comes to the front.
///
/// # Errors
/// The system refuses a window.
pub fn open(handle: &AppHandle) -> tauri::Result<()> {
    if let Some(open) = handle.get_webview_window(DISPLAY) {
        return open.unminimize().and_then(|()| open.show());
    }
    let builder = WebviewWindowBuilder::new(handle, DISPLAY, WebviewUrl::App("index.html#/customer".into()))
        .title("Banyan 榕店")
        .inner_size(USUAL.0, USUAL.1)
        .focused(false)
        .disable_drag_drop_handler()
        .on_navigation(|url| window::is_own(url.scheme(), url.host_str()))
        .initialization_script(input::browser_keys_off())
        .initialization_script(language::of_session());
    let display = builder.build()?;
    let here = handle.get_webview_window(window::MAIN).and_then(|main| main.current_monitor().ok().flatten());
    let other = display.available_monitors()?.into_iter().find(|one| here.as_ref().is_some_and(|here| here.position() != one.position()));
    if let Some(other) = other {
        display.set_position(*other.position())?;
        display.set_fullscreen(true)?;
    }
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        while handle.get_webview_window(DISPLAY).is_some() {
            tell_again(&handle);
            tokio::time::sleep(AGAIN).await;
        }
    });
    Ok(())
}

/// Closes the display, where it is open.
pub fn close(handle: &AppHandle) {
    if let Some(display) = handle.get_webview_window(DISPLAY)
        && let Err(error) = display.destroy()
    {
        eprintln!("the customer display stays open: {error}");
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_display_may_hear_and_nothing_else() {
        let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/display.json")).expect("a capability");
        assert_eq!(capability["permissions"], serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]));
        assert_eq!(capability["windows"], serde_json::json!([super::DISPLAY]));
        let first: serde_json::Value = serde_json::from_str(include_str!("../capabilities/window.json")).expect("a capability");
        assert_eq!(first["windows"], serde_json::json!([crate::window::MAIN]), "the one door is the first window's alone");
    }
}
