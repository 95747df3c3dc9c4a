//! The shell: opens the books and the window, keeps secrets in the OS keyring, passes questions.
//!
//! Invariant: nothing is decided here. What the window asks goes through one command to the menu of [`app`], with the
//! person who signed in at this window, and what comes back is what the menu said.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod crash;
mod display;
mod door;
mod graphics;
mod input;
mod language;
mod live;
mod place;
mod window;

use door::Door;
use tauri::Manager;

fn main() {
    if let Some(exit) = graphics::restart_if_needed() {
        std::process::exit(exit);
    }
    let started = tauri::Builder::default()
        // First of all plugins: a second start ends here and shows the window that is already open.
        .plugin(tauri_plugin_single_instance::init(|handle, _, _| window::show(handle)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .setup(|tauri| {
            let handle = tauri.handle().clone();
            let shop = place::of_shop(&handle)?;
            crash::keep_beside(&shop);
            tauri.manage(Door::new(shop));
            tauri.manage(display::Last::default());
            window::open(&handle)?;
            tauri::async_runtime::spawn(live::announce(handle));
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![door::serve])
        .build(tauri::generate_context!());
    match started {
        Ok(tauri) => tauri.run(|handle, event| {
            if matches!(event, tauri::RunEvent::Exit) {
                tauri::async_runtime::block_on(handle.state::<Door>().close());
            }
        }),
        Err(error) => {
            eprintln!("Banyan cannot open its window: {error}");
            std::process::exit(1);
        }
    }
}
