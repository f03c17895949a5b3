//! Synthetic hearings of any size, the same for the same size: words of realistic lengths in three languages, concepts as
//! frequent as words are (Zipf), more of them the more facts there are (Heaps).

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

/// A knowledge folder's files, and what a person may ask of it.
pub(crate) struct Hearing {
    /// The files by their path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Questions, each with the language and the kind.
    pub questions: Vec<String>,
}

/// How many questions are asked of a hearing.
const QUESTIONS: usize = 3000;

/// Everyday words of each lexicon.
const ORDINARY: usize = 5000;

const TOPICS: usize = 20;

/// Sentences of a paragraph.
const PARAGRAPH: usize = 5;

/// How a language makes words: consonants, vowels, the shortest and the longest word in letters.
struct Sounds {
    code: &'static str,
    consonants: &'static str,
    vowels: &'static str,
    lengths: (usize, usize),
    how_many: &'static str,
}

const SOUNDS: [Sounds; 3] = [
    Sounds {
        code: "en",
        consonants: "bcdfghklmnprstvw",
        vowels: "aeiou",
        lengths: (4, 11),
        how_many: "how many",
    },
    Sounds {
        code: "ru",
        consonants: "бвгджзклмнпрстфхч",
        vowels: "аеиоуыя",
        lengths: (5, 13),
        how_many: "сколько",
    },
    Sounds {
        code: "kk",
        consonants: "бғджзқлмңпрстшк",
        vowels: "аәеіоөүұы",
        lengths: (5, 14),
        how_many: "қанша",
    },
];

/// A hearing with so many facts.
pub(crate) fn hearing(facts: usize) -> Hearing {
    let mut dice = Dice(facts as u64);
    let concepts = (15.0 * (facts as f64).powf(0.6)) as usize;
    let mut files = BTreeMap::new();
    let mut spoken: Vec<Vec<String>> = Vec::new();
    for sounds in &SOUNDS {
        let mut taken = HashSet::new();
        let keywords: Vec<Vec<String>> = (0..concepts)
            .map(|_| {
                let many = 1 + dice.below(3);
                (0..many)
                    .map(|_| keyword(sounds, &mut dice, &mut taken))
                    .collect()
            })
            .collect();
        let ordinary: Vec<String> = (0..ORDINARY)
            .map(|_| word(sounds, &mut dice, &mut taken))
            .collect();
        files.insert(
            format!("lexicon/{}.toml", sounds.code),
            lexicon(sounds, &keywords, &ordinary),
        );
        spoken.push(
            keywords
                .into_iter()
                .map(|mut all| all.swap_remove(0))
                .collect(),
        );
    }
    let needs = needs(facts, &Zipf::new(concepts), &mut dice);
    let used: HashSet<usize> = needs.iter().flatten().copied().collect();
    files.insert("concepts.toml".to_owned(), concepts_file(concepts, &used));
    let mut source = String::new();
    for (number, needs) in needs.iter().enumerate() {
        let (fact, sentence) = fact(number, facts, needs, &spoken, &mut dice);
        files.insert(format!("facts/f{number:06}.toml"), fact);
        source.push_str(&sentence);
        source.push(if number % PARAGRAPH == PARAGRAPH - 1 {
            '\n'
        } else {
            ' '
        });
    }
    files.insert("gaps/nothing.toml".to_owned(), gap());
    files.insert("hearing.toml".to_owned(), hearing_file(&source).into());
    files.insert("source.txt".to_owned(), source.into_bytes());
    let questions = (0..QUESTIONS)
        .map(|_| asked(&needs, &spoken, &mut dice))
        .collect();
    Hearing { files, questions }
}

/// A question about some fact: as it is written in its examples, with a typo, or with words that mean nothing here.
fn asked(needs: &[Vec<usize>], spoken: &[Vec<String>], dice: &mut Dice) -> String {
    let language = dice.below(3);
    let mut question = example(&needs[dice.below(needs.len())], language, spoken);
    match dice.below(5) {
        0 => {
            let at = dice.below(question.chars().count() - 3);
            question = question
                .chars()
                .enumerate()
                .filter(|(n, _)| *n != at)
                .map(|(_, c)| c)
                .collect();
        }
        1 => {
            let mut taken = HashSet::new();
            for _ in 0..=dice.below(6) {
                question = format!("{} {question}", word(&SOUNDS[language], dice, &mut taken));
            }
        }
        _ => {}
    }
    question
}

fn example(needs: &[usize], language: usize, spoken: &[Vec<String>]) -> String {
    let words: Vec<&str> = needs
        .iter()
        .map(|&concept| spoken[language][concept].as_str())
        .collect();
    format!("{} {}?", SOUNDS[language].how_many, words.join(" "))
}

fn needs(facts: usize, zipf: &Zipf, dice: &mut Dice) -> Vec<Vec<usize>> {
    let mut known = HashSet::new();
    let mut all = Vec::new();
    while all.len() < facts {
        let many = [2, 2, 2, 2, 2, 3, 3, 3, 3, 4][dice.below(10)];
        let mut needs: Vec<usize> = (0..many).map(|_| zipf.draw(dice)).collect();
        needs.sort_unstable();
        needs.dedup();
        if needs.len() == many && known.insert(needs.clone()) {
            all.push(needs);
        }
    }
    all
}

fn fact(
    number: usize,
    facts: usize,
    needs: &[usize],
    spoken: &[Vec<String>],
    dice: &mut Dice,
) -> (Vec<u8>, String) {
    let figure = 100_000 + number;
    let named = |language: usize| -> String {
        needs
            .iter()
            .map(|&concept| spoken[language][concept].as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let quote = format!("The count of {} was {figure}.", named(0));
    let way: Vec<String> = needs.iter().map(|concept| format!("c{concept}")).collect();
    let related = (number + 1 + dice.below(facts - 1)) % facts;
    let mut text = format!(
        "topic = \"t{}\"\ncommand = \"f{number}\"\nfigure = \"{figure}\"\nvalue = {figure}\nunit = \"persons\"\n\
         quote = \"{quote}\"\nspeaker = \"none\"\nrelated = [\"f{related:06}\"]\n\n\
         [match]\nasks = [\"how_many\"]\nneeds = [\"{}\"]\n",
        number % TOPICS,
        way.join(" + "),
    );
    for (language, sounds) in SOUNDS.iter().enumerate() {
        let _ = write!(
            text,
            "\n[{}]\ntitle = \"{}\"\nstatement = \"{}\"\nexamples = [\"{}\"]\n",
            sounds.code,
            spoken[language][needs[0]],
            named(language),
            example(needs, language, spoken),
        );
        if language > 0 {
            let _ = write!(
                text,
                "figure = \"{figure}\"\nquote = \"{}: {figure}.\"\n",
                named(language)
            );
        }
    }
    // As it is read from a disk: with no room to spare.
    text.shrink_to_fit();
    (text.into_bytes(), quote)
}

fn lexicon(sounds: &Sounds, keywords: &[Vec<String>], ordinary: &[String]) -> Vec<u8> {
    let mut text = match sounds.code {
        "en" => "stemmer = \"english\"\n".to_owned(),
        "ru" => "stemmer = \"russian\"\n".to_owned(),
        _ => "suffixes = [\"лар\", \"лер\", \"дар\", \"дың\", \"ның\", \"ға\", \"ге\", \"ды\", \"ы\", \"і\"]\n".to_owned(),
    };
    let _ = write!(
        text,
        "ordinary = \"{}\"\n[concepts.how_many]\nkeywords = [\"{}\"]\n",
        ordinary.join(" "),
        sounds.how_many
    );
    let _ = write!(
        text,
        "[concepts.nothing]\nkeywords = [\"{}\"]\n",
        nothing(sounds)
    );
    for (concept, keywords) in keywords.iter().enumerate() {
        let _ = write!(
            text,
            "[concepts.c{concept}]\nkeywords = [\"{}\"]\n",
            keywords.join("\", \"")
        );
    }
    text.into_bytes()
}

fn concepts_file(concepts: usize, used: &HashSet<usize>) -> Vec<u8> {
    let mut text = "how_many = { role = \"count\", gloss = \"asks for a number\" }\nnothing = { gloss = \"nothing\" }\n".to_owned();
    for concept in 0..concepts {
        let role = if used.contains(&concept) {
            "topic"
        } else {
            "soft"
        };
        let _ = writeln!(
            text,
            "c{concept} = {{ role = \"{role}\", gloss = \"synthetic\" }}"
        );
    }
    text.into_bytes()
}

/// The word for what no fact is about.
fn nothing(sounds: &Sounds) -> String {
    word(sounds, &mut Dice(1), &mut HashSet::new())
}

fn gap() -> Vec<u8> {
    let mut text = "nearest = []\n[match]\nneeds = [\"nothing\"]\n".to_owned();
    for sounds in &SOUNDS {
        let _ = write!(
            text,
            "[{}]\nsentence = \"Synthetic.\"\nexamples = [\"{} {}?\"]\n",
            sounds.code,
            sounds.how_many,
            nothing(sounds)
        );
    }
    text.into_bytes()
}

fn hearing_file(source: &str) -> String {
    let digest = Sha256::digest(source.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut text = format!(
        "[hearing]\ndate = 2023-01-05\n[hearing.title]\nen = \"a synthetic hearing\"\nru = \"слушания\"\nkk = \"тыңдау\"\n\
         [source]\nfile = \"source.txt\"\nsha256 = \"{digest}\"\nlanguage = \"en\"\ndate = 2023-01-11\nheadline = \"Synthetic\"\n\
         [source.publisher]\nen = \"Nobody\"\nru = \"Никто\"\nkk = \"Ешкім\"\n[speakers]\n"
    );
    // A heading may hold no figure.
    for (topic, letter) in ('A'..).take(TOPICS).enumerate() {
        let _ = write!(
            text,
            "[[topics]]\nid = \"t{topic}\"\nen = \"{letter}\"\nru = \"{letter}\"\nkk = \"{letter}\"\n"
        );
    }
    text
}

/// One word, or now and then a phrase of two.
fn keyword(sounds: &Sounds, dice: &mut Dice, taken: &mut HashSet<String>) -> String {
    let first = word(sounds, dice, taken);
    if dice.below(10) == 0 {
        format!("{first} {}", word(sounds, dice, taken))
    } else {
        first
    }
}

/// A word that is at least two edits away from every one before: look-alikes would be faults of the lexicon.
fn word(sounds: &Sounds, dice: &mut Dice, taken: &mut HashSet<String>) -> String {
    let consonants: Vec<char> = sounds.consonants.chars().collect();
    let vowels: Vec<char> = sounds.vowels.chars().collect();
    loop {
        let (shortest, longest) = sounds.lengths;
        // The mean of two throws: few words are very short or very long.
        let span = longest - shortest + 1;
        let length = shortest + usize::midpoint(dice.below(span), dice.below(span));
        let mut vowel = dice.below(2) == 0;
        let mut word: Vec<char> = Vec::new();
        while word.len() < length {
            let letters = if vowel { &vowels } else { &consonants };
            word.push(letters[dice.below(letters.len())]);
            vowel = !vowel || dice.below(6) == 0;
        }
        let near = (0..length).map(|gone| {
            let left = word.iter().enumerate().filter(|(at, _)| *at != gone);
            left.map(|(_, letter)| letter).collect::<String>()
        });
        let text: String = word.iter().collect();
        let near: Vec<String> = near
            .chain([text.clone()])
            .map(|near| folded(&near))
            .collect();
        if near.iter().all(|near| !taken.contains(near)) {
            taken.extend(near);
            return text;
        }
    }
}

/// Kazakh letters as people type them without a Kazakh keyboard: the bot takes both for the same.
fn folded(word: &str) -> String {
    let fold = |letter| match letter {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'і' => 'и',
        letter => letter,
    };
    word.chars().map(fold).collect()
}

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// Ranks as likely as one divided by them.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let weights = (1..=ranks).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self(weights.collect())
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let all = self.0.last().copied().unwrap_or_default();
        let point = dice.below(1 << 30) as f64 / f64::from(1 << 30) * all;
        self.0.partition_point(|&sum| sum < point)
    }
}
