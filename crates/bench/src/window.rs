//! Goal 13: our window against a bare one of the same shell: time to the first usable till, and memory of all their processes. Both tell by the title of
//! their window that the screen is drawn, and the same probe looks at it as a desktop does; the owner's PIN is typed as soon as it is asked for.

#[cfg(not(target_os = "linux"))]
pub async fn goal(_: &crate::Bench) -> Result<Vec<crate::report::Line>, crate::Fault> {
    let why = "looked at through X11, which this system does not have";
    Ok(vec![crate::report::Line::without("13", "first usable till, memory", crate::report::Goal::None, why)])
}

#[cfg(target_os = "linux")]
pub use linux::goal;

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        path::{Path, PathBuf},
        process::{Child, Command, Stdio},
        time::{Duration, Instant},
    };

    use x11rb::{
        connection::Connection as _,
        protocol::{
            xproto::{ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Window},
            xtest::ConnectionExt as _,
        },
        rust_connection::RustConnection,
    };

    use crate::{
        Bench, Fault, SEED,
        measure::{Ratio, Samples, time},
        report::{Goal, Line},
        shop::filled,
    };

    const BARE: &str = "a bare Tauri window";
    const TITLE_OF_BARE: &str = "ready";
    const TIME: &str = "our screens are React and ask the books before they draw; the bare page is one element";
    const MEMORY: &str = "our screens, their fonts and the books' cache are held beside what a web view holds by itself";
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Goal 13.
    pub async fn goal(bench: &Bench) -> Result<Vec<Line>, Fault> {
        let program = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.exists());
        let (Some(ours), Some(bare)) = (program("BANYAN_WINDOW"), program("BANYAN_BARE")) else {
            return Err(Fault("the windows were not built; `cargo xtask bench` builds them where this machine has what they need".into()));
        };
        let probe = Probe::connect()?;
        let shop = bench.folder.join("window.banyan");
        filled(&shop, &bench.device, 1_000, 200, SEED + 90).await?;
        let rounds = if bench.quick { 2 } else { 7 };
        let (mut till, mut gate, mut page) = (Samples::default(), Samples::default(), Samples::default());
        let (mut our_memory, mut bare_memory) = (Samples::default(), Samples::default());
        for round in 0..rounds {
            let started = Started::new(&bare, &shop)?;
            let shown = probe.wait(&started, |title| title == TITLE_OF_BARE)?.1;
            let held = started.memory();
            drop(started);
            let started = Started::new(&ours, &shop)?;
            // First the sign-in, whose title names the shop alone; then the till, whose title puts its own name before it.
            let (window, asked) = probe.wait(&started, |title| title.starts_with("青禾茶舍"))?;
            probe.type_pin(window)?;
            let (_, usable) = probe.wait(&started, |title| title.contains("· 青禾茶舍"))?;
            let with_shop = started.memory();
            drop(started);
            // The first round of both fills the system's caches.
            if round > 0 {
                page.push(shown);
                bare_memory.push(held);
                gate.push(asked);
                till.push(usable);
                our_memory.push(with_shop);
            }
        }
        let (ours, bare) = (our_memory.median(), bare_memory.median());
        let memory = Line::new(
            "13",
            "memory of all processes at the till",
            BARE,
            Goal::AtMost(Ratio(150)),
            crate::report::Found::Ratio(Ratio::of(ours, bare)),
            MEMORY,
        );
        Ok(vec![
            Line::ratio("13", "start to the first usable till, PIN typed on the way", BARE, Goal::AtMost(Ratio(150)), (&till, &page), TIME),
            Line::ratio("13", "start to the sign-in", BARE, Goal::None, (&gate, &page), TIME),
            memory
                .with("ours_median", format!("{} MB", ours >> 20))
                .with("floor_median", format!("{} MB", bare >> 20))
                .with("samples", our_memory.count()),
        ])
    }

    /// A window's program, ended with this.
    struct Started {
        child: Child,
        at: Instant,
    }

    impl Started {
        fn new(program: &Path, shop: &Path) -> Result<Self, Fault> {
            let at = Instant::now();
            let mut command = Command::new(program);
            command.env("BANYAN_SHOP", shop).stdout(Stdio::null()).stderr(Stdio::null());
            Ok(Self { child: command.spawn()?, at })
        }

        /// Proportional set size of the program and everything it started, once it has come to rest.
        fn memory(&self) -> u64 {
            std::thread::sleep(Duration::from_secs(2));
            family(self.child.id()).into_iter().filter_map(proportional).sum()
        }
    }

    impl Drop for Started {
        fn drop(&mut self) {
            drop(self.child.kill());
            drop(self.child.wait());
            // Its web processes end by themselves; the next start should not meet them.
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// A process and all below it.
    fn family(of: u32) -> Vec<u32> {
        let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let process: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
                let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
                let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()?;
                Some((process, parent))
            })
            .collect();
        let mut found = vec![of];
        let mut next = 0;
        while let Some(parent) = found.get(next).copied() {
            found.extend(parents.iter().filter(|(_, above)| *above == parent).map(|(process, _)| *process));
            next += 1;
        }
        found
    }

    fn proportional(process: u32) -> Option<u64> {
        let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilo| kilo * 1024)
    }

    /// Looks at the screen's windows.
    struct Probe {
        screen: RustConnection,
        root: Window,
        name: u32,
        text: u32,
    }

    impl Probe {
        fn connect() -> Result<Self, Fault> {
            let none = |why: String| Fault(format!("no screen to open a window on: {why}"));
            let (screen, number) = x11rb::connect(None).map_err(|error| none(error.to_string()))?;
            let root = screen.setup().roots.get(number).map(|root| root.root).ok_or_else(|| none("no root".into()))?;
            let atom = |name: &[u8]| {
                let reply = screen.intern_atom(false, name).map_err(|error| none(error.to_string()))?;
                Ok::<u32, Fault>(reply.reply().map_err(|error| none(error.to_string()))?.atom)
            };
            let (name, text) = (atom(b"_NET_WM_NAME")?, atom(b"UTF8_STRING")?);
            Ok(Self { screen, root, name, text })
        }

        /// Waits until a window has such a title; nanoseconds since the start of the program.
        fn wait(&self, started: &Started, wanted: impl Fn(&str) -> bool) -> Result<(Window, u64), Fault> {
            while started.at.elapsed() < PATIENCE {
                for window in self.windows() {
                    if self.title(window).is_some_and(|title| wanted(&title)) {
                        return Ok((window, u64::try_from(started.at.elapsed().as_nanos()).unwrap_or(u64::MAX)));
                    }
                }
                std::thread::sleep(Duration::from_millis(2));
            }
            let seen: Vec<String> = self.windows().into_iter().filter_map(|window| self.title(window)).collect();
            Err(Fault(format!("the window did not come in {}: {seen:?}", time(60_000_000_000))))
        }

        fn windows(&self) -> Vec<Window> {
            let tree = self.screen.query_tree(self.root).ok().and_then(|tree| tree.reply().ok());
            tree.map(|tree| tree.children).unwrap_or_default()
        }

        fn title(&self, window: Window) -> Option<String> {
            let title = self.screen.get_property(false, window, self.name, self.text, 0, 256).ok()?.reply().ok()?;
            (!title.value.is_empty()).then(|| String::from_utf8_lossy(&title.value).into_owned())
        }

        /// The owner's PIN and Enter, as keys.
        fn type_pin(&self, window: Window) -> Result<(), Fault> {
            let broken = |error: String| Fault(format!("keys cannot be typed: {error}"));
            self.screen.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).map_err(|error| broken(error.to_string()))?;
            for symbol in crate::shop::PIN.bytes().map(u32::from).chain([0xff0d]) {
                let key = self.key(symbol).ok_or_else(|| broken(format!("no key gives {symbol:#x}")))?;
                for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
                    let sent = self.screen.xtest_fake_input(event, key, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0);
                    sent.map_err(|error| broken(error.to_string()))?;
                }
            }
            self.screen.flush().map_err(|error| broken(error.to_string()))
        }

        fn key(&self, symbol: u32) -> Option<u8> {
            let setup = self.screen.setup();
            let (first, last) = (setup.min_keycode, setup.max_keycode);
            let keys = self.screen.get_keyboard_mapping(first, last - first + 1).ok()?.reply().ok()?;
            let place = keys.keysyms.chunks(usize::from(keys.keysyms_per_keycode)).position(|symbols| symbols.first() == Some(&symbol))?;
            Some(first + u8::try_from(place).ok()?)
        }
    }
}
