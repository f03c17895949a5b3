//! What a question was heard as, for tools that make the knowledge better: its words, their concepts and the keywords they were
//! found by, and the candidates. Decides nothing.

use super::candidate::Subject;
use super::folded::phrase;
use super::indexes::Indexes;
use super::normalise::{tokens, words};
use super::reading::Word;
use super::score::RuledOut;
use super::span::{Content, Span};
use super::verdict::Verdict;
use super::{Considered, Matcher};
use crate::knowledge::{Knowledge, Lexicon, Lexicons};
use crate::language::Language;

/// A question and what it was heard as.
pub(crate) struct Heard {
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// Its words in order, phrases together.
    pub(crate) parts: Vec<Part>,
    /// The facts and gaps that it may be about, each as the best look at the question saw it.
    pub(crate) rivals: Vec<Rival>,
}

/// A word or phrase of a question.
pub(crate) struct Part {
    /// Its words, folded.
    pub(crate) words: String,
    /// What it was taken for.
    pub(crate) meaning: Meaning,
    /// Whether it was taken for a typo of something else.
    pub(crate) typo: bool,
    /// The keywords that it was found by, of each concept.
    pub(crate) keywords: Vec<KeywordOf>,
}

/// What a part of a question was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// These concepts, by id.
    Concepts(Vec<String>),
    /// A number.
    Number,
    /// An everyday word that means nothing here.
    Everyday,
    /// A word that means nothing anywhere.
    Filler,
    /// A word that no lexicon knows.
    Unknown,
}

/// A keyword of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeywordOf {
    /// The language of the lexicon.
    pub(crate) language: Language,
    /// The concept that it stands under.
    pub(crate) concept: String,
    /// The keyword as it is written there.
    pub(crate) keyword: String,
}

/// A fact or a gap beside a question.
pub(crate) struct Rival {
    /// Whom it stands for.
    pub(crate) subject: Subject,
    /// Why it is out, if it is.
    pub(crate) ruled_out: Option<RuledOut>,
}

impl Part {
    /// Whether it is a single word that no lexicon knows.
    pub(crate) fn is_new_word(&self) -> bool {
        self.meaning == Meaning::Unknown && self.may_be_a_keyword()
    }

    /// Whether it is a single word that stands for nothing yet, or only as a typo.
    pub(crate) fn may_be_a_keyword(&self) -> bool {
        let open = matches!(self.meaning, Meaning::Unknown | Meaning::Everyday) || self.typo;
        open && !self.words.contains(' ') && self.words.chars().count() >= SHORTEST_KEYWORD
    }
}

/// Words shorter than this, in letters, are no keywords by themselves.
const SHORTEST_KEYWORD: usize = 3;

/// A typo is less sure than an inflection.
const LEAST_SURE_WITHOUT_TYPO: f32 = 0.9;

impl Matcher {
    /// The matcher of other lexicons, without a word about faults; nothing where a stemmer does not exist.
    pub(crate) fn unlinted(knowledge: &Knowledge, lexicons: &Lexicons) -> Option<Self> {
        let indexes = Indexes::new(knowledge, lexicons).ok()?;
        Some(Self::new(knowledge, indexes))
    }

    /// What a question is heard as, with the keywords of the lexicons that were indexed.
    pub(crate) fn hear(&self, lexicons: &Lexicons, question: &str) -> Heard {
        let considered = self.consider(question, None);
        let all = &considered.reading.words;
        let mut parts = Vec::new();
        let mut at = 0;
        for span in &considered.spans {
            parts.extend(all.iter().take(span.first).skip(at).map(everyday));
            parts.push(self.part(lexicons, &considered, span));
            at = at.max(span.end);
        }
        parts.extend(all.iter().skip(at).map(everyday));
        let mut rivals: Vec<Rival> = Vec::new();
        for (subject, score) in considered.rounds.iter().flat_map(|round| &round.scores) {
            match rivals.iter_mut().find(|rival| rival.subject == *subject) {
                Some(rival) => rival.ruled_out = rival.ruled_out.and(score.ruled_out),
                None => rivals.push(Rival {
                    subject: *subject,
                    ruled_out: score.ruled_out,
                }),
            }
        }
        Heard {
            verdict: considered.verdict,
            parts,
            rivals,
        }
    }

    fn part(&self, lexicons: &Lexicons, considered: &Considered, span: &Span) -> Part {
        let spanned = considered.reading.words.get(span.first..span.end);
        let spanned = spanned.unwrap_or_default();
        let texts: Vec<&str> = spanned
            .iter()
            .map(|word| word.token.text.as_str())
            .collect();
        let mut keywords = Vec::new();
        let meaning = match &span.content {
            Content::Number(_) => Meaning::Number,
            Content::Thing => Meaning::Everyday,
            Content::Unknown => Meaning::Unknown,
            Content::Concepts(senses) => {
                let mut ids = Vec::new();
                for sense in senses {
                    let id = self.concepts.name(sense.concept);
                    keywords.extend(self.found_by(lexicons, spanned, id, sense.weak));
                    if !ids.iter().any(|known| known == id) {
                        ids.push(id.to_owned());
                    }
                }
                Meaning::Concepts(ids)
            }
        };
        keywords.sort_unstable();
        keywords.dedup();
        Part {
            words: texts.join(" "),
            typo: matches!(meaning, Meaning::Concepts(_)) && span.quality < LEAST_SURE_WITHOUT_TYPO,
            meaning,
            keywords,
        }
    }

    /// The keywords of a concept that these words are found by: those that stand there letter for letter, else those of the
    /// same stems.
    fn found_by(
        &self,
        lexicons: &Lexicons,
        spanned: &[Word],
        concept: &str,
        weak: bool,
    ) -> Vec<KeywordOf> {
        let first = spanned.first().and_then(|word| word.found.as_ref());
        let Some((position, _)) = first else {
            return Vec::new();
        };
        let Some(index) = self.indexes.get(*position) else {
            return Vec::new();
        };
        let lexicon = lexicons.get(index.language);
        let said = lexicon.concepts.get(concept);
        let written = said.map_or(
            &[][..],
            |said| if weak { &said.weak } else { &said.keywords },
        );
        let mut letter_for_letter = Vec::new();
        let mut by_stem = Vec::new();
        for keyword in written {
            let all = words(keyword);
            let is_filler = |word: &str| index.listed(word).is_some_and(|(_, filler)| filler);
            let phrase: Vec<&str> = phrase(all.iter().map(String::as_str), is_filler).collect();
            let exact = |word: &Word, part: &str| word.token.text == part;
            let stem = |word: &Word, part: &str| match (&word.found, index.listed(part)) {
                (Some((_, found)), Some((stem, _))) => found.stems.contains(&stem),
                _ => false,
            };
            let of = || KeywordOf {
                language: index.language,
                concept: concept.to_owned(),
                keyword: keyword.clone(),
            };
            if stands_in(spanned, &phrase, exact) {
                letter_for_letter.push(of());
            } else if stands_in(spanned, &phrase, stem) {
                by_stem.push(of());
            }
        }
        if letter_for_letter.is_empty() {
            by_stem
        } else {
            letter_for_letter
        }
    }
}

/// Whether a phrase stands in these words from the first to the last, perhaps with others between.
fn stands_in(spanned: &[Word], phrase: &[&str], same: impl Fn(&Word, &str) -> bool) -> bool {
    let (Some((head, rest)), Some(first)) = (phrase.split_first(), spanned.first()) else {
        return false;
    };
    if !same(first, head) {
        return false;
    }
    let mut left = spanned.iter().skip(1);
    let found = rest.iter().all(|part| left.any(|word| same(word, part)));
    found && left.next().is_none()
}

fn everyday(word: &Word) -> Part {
    Part {
        words: word.token.text.clone(),
        meaning: match &word.found {
            Some((_, found)) if found.filler => Meaning::Filler,
            Some(_) => Meaning::Everyday,
            None if word.token.number => Meaning::Number,
            // A short word that no lexicon knows says nothing to the matcher, but it may to a curator.
            None => Meaning::Unknown,
        },
        typo: false,
        keywords: Vec::new(),
    }
}

impl RuledOut {
    /// Why, for people.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::WrongKind => "another kind of question",
            Self::WrongTarget => "something else is counted",
            Self::Excluded => "an excluded concept",
        }
    }
}

/// A keyword of a concept: the shortest, a single word if there is one.
pub(crate) fn sample<'a>(lexicon: &'a Lexicon, concept: &str) -> Option<&'a str> {
    let keywords = &lexicon.concepts.get(concept)?.keywords;
    let keywords = keywords.iter().map(String::as_str);
    keywords.min_by_key(|keyword| (keyword.contains(' '), keyword.len()))
}

/// A question with one word, given folded, in other words; nothing where it does not stand there as it was typed.
pub(crate) fn in_other_words(question: &str, word: &str, other: &str) -> Option<String> {
    let mut rest = question;
    let mut changed = String::new();
    let mut found = false;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at_checked(start)?;
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{301}');
        let end = from.find(|c| !inside(c)).unwrap_or(from.len());
        let (typed, after) = from.split_at_checked(end)?;
        changed.push_str(before);
        let same = tokens(typed)
            .first()
            .is_some_and(|token| token.text == word);
        changed.push_str(if same { other } else { typed });
        found |= same;
        rest = after;
    }
    changed.push_str(rest);
    found.then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Folder;

    #[test]
    fn no_word_is_heard_again_behind_what_asks_from_inside_a_phrase() {
        let loaded = Knowledge::load_with_lexicons(&Folder::embedded());
        let (knowledge, lexicons) = loaded.expect("the built-in folder is sound");
        let matcher = Matcher::unlinted(&knowledge, &lexicons).expect("it has stemmers");
        let heard = matcher.hear(&lexicons, "Қара орындыққа неше кісі отырды?");
        let heard: Vec<&str> = heard.parts.iter().map(|part| part.words.as_str()).collect();
        assert_eq!(heard, ["кара орындыкка неше киси отырды", "неше", "киси"]);
    }

    #[test]
    fn a_word_is_put_in_other_words_wherever_it_was_typed() {
        for (question, word, expected) in [
            (
                "Who RODE? Rode where?",
                "rode",
                Some("Who used it? used it where?"),
            ),
            ("who rodeo", "rode", None),
            ("«Қайық» қайда?", "қайық", Some("«used it» қайда?")),
            ("the year 2022", "2022", Some("the year used it")),
            ("", "rode", None),
        ] {
            let changed = in_other_words(question, &words(word).concat(), "used it");
            assert_eq!(changed.as_deref(), expected, "{question}");
        }
    }
}
