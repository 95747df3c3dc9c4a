//! A window with nothing in it, made of the same shell: what the bench measures ours against.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|tauri| {
            WebviewWindowBuilder::new(tauri.handle(), "main", WebviewUrl::default())
                .inner_size(1280.0, 800.0)
                .on_document_title_changed(|window, title| drop(window.set_title(&title)))
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/bare_window/tauri.conf.json"))
}
