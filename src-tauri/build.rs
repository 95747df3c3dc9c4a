//! Generates what Tauri needs at compile time: the window's permissions, the icon and the resources of the system.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A check of the shell alone must not need Node: without built screens the window is empty, and says so in its log.
    std::fs::create_dir_all("../ui/dist")?;
    println!("cargo:rerun-if-changed=../ui/dist");
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(&["serve"])))?;
    Ok(())
}
