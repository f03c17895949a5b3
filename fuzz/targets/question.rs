//! Question bytes to a verdict: no panic, and the same verdict again.

#![no_main]

use hearing_bot::answer::answer;
use hearing_bot::language::Language;
use hearing_bot::small_talk;
use hearing_bot_fuzz::EXPERT;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let preferred = Language::ALL.get(usize::from(*first % 4)).copied();
    let question = String::from_utf8_lossy(rest);
    let verdict = EXPERT.matcher.ask(&question, preferred);
    let again = EXPERT.matcher.ask(&question, preferred);
    assert_eq!(
        (&verdict.outcome, verdict.score.to_bits()),
        (&again.outcome, again.score.to_bits())
    );
    assert!((0.0..=1.0).contains(&verdict.score));
    answer(&EXPERT.knowledge, &verdict);
    small_talk::heard(&question, preferred);
});
