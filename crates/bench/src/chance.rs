//! Chance that can be repeated: the same seed gives the same shop, members and sales.

/// Steele, Lea and Flood's SplitMix64.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next sixty-four bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `end`, which is above zero.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * u128::try_from(end).unwrap_or(1);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Fills bytes.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.next().to_be_bytes()[..part.len()]);
        }
    }

    /// An id.
    pub fn id(&mut self) -> [u8; 16] {
        let mut id = [0; 16];
        self.fill(&mut id);
        id
    }
}

/// Who brought whom: `None` for the first, else the place of an earlier one. Who has many finds more (preferential attachment); a million members stand
/// about eleven deep on the average.
pub fn tree(members: usize, chance: &mut Chance) -> Vec<Option<usize>> {
    let mut above: Vec<Option<usize>> = Vec::with_capacity(members);
    for place in 0..members {
        let parent = (place > 0).then(|| {
            let met = chance.below(place);
            // One in five who meet somebody join under that one's own sponsor, who is met the more often the more people stand below.
            if chance.below(5) == 0 { above[met].unwrap_or(met) } else { met }
        });
        above.push(parent);
    }
    above
}

/// How deep each stands; 0 for the first.
pub fn depths(above: &[Option<usize>]) -> Vec<u32> {
    let mut depths: Vec<u32> = Vec::with_capacity(above.len());
    for above in above {
        depths.push(above.map_or(0, |above| depths[above] + 1));
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_one_tree_about_eleven_deep() {
        let above = tree(200_000, &mut Chance::new(7));
        assert_eq!(above, tree(200_000, &mut Chance::new(7)));
        let depths = depths(&above);
        let mean = depths.iter().map(|depth| u64::from(*depth)).sum::<u64>() / 200_000;
        assert!((8..=11).contains(&mean), "{mean}");
    }
}
