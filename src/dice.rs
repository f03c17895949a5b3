//! Chance for the tests: numbers, choices and noise that are the same at every run of the same seed.

/// A source of chance (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    /// Throws every case of a property: as many as `HEARING_CASES` says, or some hundreds.
    pub(crate) fn cases(case: impl Fn(&mut Self)) {
        let cases = std::env::var("HEARING_CASES").ok();
        let cases = cases.and_then(|cases| cases.parse().ok()).unwrap_or(300);
        for seed in 0..cases {
            case(&mut Self(seed));
        }
    }

    /// A number below this one, which is not zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let end = u64::try_from(end).expect("it is small");
        usize::try_from((mixed ^ (mixed >> 31)) % end).expect("it is below a small number")
    }

    /// Heads or tails.
    pub(crate) fn toss(&mut self) -> bool {
        self.below(2) == 0
    }

    /// One of these.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// One of these texts.
    pub(crate) fn text_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// One of the words of one of these texts.
    pub(crate) fn word_of<'a>(&mut self, texts: &'a [String]) -> &'a str {
        let words: Vec<&str> = self.one_of(texts).split(' ').collect();
        self.text_of(&words)
    }

    /// Characters of all kinds, fewer than this.
    pub(crate) fn noise(&mut self, end: usize) -> String {
        let length = self.below(end);
        let any = |dice: &mut Self| {
            let end = *dice.one_of(&[0x80, 0x600, 0x3000, 0x11_0000]);
            u32::try_from(dice.below(end)).ok().and_then(char::from_u32)
        };
        (0..length).filter_map(|_| any(self)).collect()
    }
}
