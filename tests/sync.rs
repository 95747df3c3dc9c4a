//! Several tills and the meeting place in one thread, with every fault that a seed draws: lost, repeated and late messages, crashes, clocks that are wrong,
//! cloned and restored files, a server that loses its end. `BANYAN_SEEDS` says how many seeds, `BANYAN_SEED` runs one. Faults 24, 25, 26, 35 to 38 and 40.

mod sync_world;

use sync_world::{Mutant, World};

/// Faults 24, 25, 26, 35, 36, 37 and 38: whatever happens on the way, everyone ends with the same books and each printed sale stands once.
#[tokio::test]
async fn tills_agree_whatever_happens_between_them() {
    let told = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match told("BANYAN_SEED") {
        Some(seed) => seed..seed + 1,
        None => 1..1 + told("BANYAN_SEEDS").unwrap_or(50),
    };
    for seed in seeds {
        if let Err(trace) = World::run(seed, Mutant::None).await {
            panic!("seed {seed}: {trace}");
        }
    }
}

/// The simulation would notice: each of these makes it fail within a few seeds.
#[tokio::test]
async fn planted_faults_are_found() {
    for mutant in Mutant::ALL {
        let mut found = None;
        for seed in 1..200 {
            if let Err(trace) = World::run(seed, mutant).await {
                found = Some((seed, trace));
                break;
            }
        }
        let Some((seed, trace)) = found else { panic!("{mutant:?} was not found") };
        println!("{mutant:?}: found in seed {seed}, {trace}");
    }
}
