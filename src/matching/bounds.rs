//! Tests that a question made to cost much cannot: they count work, and time nothing.

use std::rc::Rc;
use std::sync::LazyLock;

use super::lookup::Lookups;
use super::normalise::{LONGEST_TEXT, LONGEST_WORD, fold, tokens};
use super::*;
use crate::knowledge::Folder;

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    let folder = Folder::embedded();
    let loaded = Knowledge::load_with_lexicons(&folder);
    let (knowledge, lexicons) = loaded.expect("the built-in folder is sound");
    let indexes = Indexes::new(&knowledge, &lexicons).expect("it has stemmers");
    Matcher::new(&knowledge, indexes)
});

#[test]
fn of_hundreds_of_questions_the_first_few_are_looked_at() {
    let rounds = |text: String| MATCHER.consider(&text, None).rounds.len();
    let few = rounds("how many? ".repeat(16));
    assert!(few >= 16);
    assert_eq!(rounds("how many? ".repeat(LONGEST_TEXT / 10)), few);
}

#[test]
fn a_word_is_looked_up_once_however_often_it_stands_there() {
    let lookups = Lookups::new(
        &MATCHER.indexes,
        tokens("how many, how many, how prosecutorr"),
    );
    for (first, again) in [(0, 2), (1, 3), (0, 4)] {
        let found = |token| lookups.find(token, 0).expect("it is a keyword");
        assert!(Rc::ptr_eq(found(first), found(again)));
    }
    assert!(lookups.find(5, 0).is_none());
    assert!(lookups.find_typo(5, 0).is_some());
}

#[test]
fn a_word_longer_than_any_is_looked_up_nowhere() {
    for (letters, known) in [(LONGEST_WORD, true), (LONGEST_WORD + 1, false)] {
        // A stem and a chain of suffixes.
        let word: String = "сотталлар"
            .chars()
            .chain("лар".chars().cycle())
            .take(letters)
            .collect();
        let lookups = Lookups::new(&MATCHER.indexes, tokens(&word));
        let found = (0..MATCHER.indexes.len()).any(|index| lookups.find(0, index).is_some());
        assert_eq!(found, known, "{letters}");
    }
}

#[test]
fn letters_that_stand_for_many_are_not_written_out() {
    let word = fold(&"ﷺ".repeat(LONGEST_TEXT));
    assert!(word.len() < LONGEST_WORD * 10, "{}", word.len());
}

#[test]
fn only_candidates_of_rare_concepts_are_looked_at() {
    let spans = |text: &str| MATCHER.consider(text, None).spans;
    let all = MATCHER.candidates.len();
    let looked_at = MATCHER.candidates_for(&spans("how many people were there?"));
    assert!(looked_at.len() < all / 2, "{} of {all}", looked_at.len());
}
