//! Questions and their verdicts: as many misses as hits.

#![allow(clippy::expect_used)]

use hearing_bot::answer::{Answer, answer};
use hearing_bot::expert::Expert;

/// The fact that answers a question, or `-` where no figure is given.
fn verdict(expert: &Expert, question: &str) -> String {
    let verdict = expert.matcher.ask(question, None);
    match answer(&expert.knowledge, &verdict) {
        Answer::Fact(cited) => cited.fact.id.clone(),
        Answer::Clarify(_) | Answer::Gap(..) | Answer::Computed(_) | Answer::Nothing(_) => {
            "-".to_owned()
        }
    }
}

#[test]
fn questions_reach_their_facts_and_no_others() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    let mut wrong = Vec::new();
    for (question, expected) in [
        // The same words, with and without what the source says.
        ("how many people were convicted?", "convictions"),
        ("how many police officers were convicted of torture?", "-"),
        ("how many women were convicted?", "-"),
        ("how many people were convicted in Belarus?", "-"),
        ("why were they convicted?", "-"),
        ("names of the convicted", "-"),
        ("how many torture cases were there?", "torture"),
        (
            "how many police officers were investigated for torture?",
            "torture_officers",
        ),
        ("how were people tortured?", "-"),
        ("did torture victims die?", "-"),
        ("how many got amnesty?", "amnesty"),
        (
            "how many people fall under the amnesty?",
            "amnesty_eligible",
        ),
        ("when was the amnesty law adopted?", "-"),
        ("how much damage did businesses suffer?", "damage"),
        ("damage in dollars", "damage_usd"),
        ("how much damage was done to state property?", "-"),
        ("how many shops were looted?", "-"),
        ("what is Massimov accused of?", "massimov"),
        ("how many years did Massimov get?", "-"),
        // Figures in the question.
        ("what is 1,095?", "amnesty"),
        ("4623", "cases"),
        ("what is 4,624?", "-"),
        // Typos, layouts, other letters and languages.
        ("how many ppl were convcited", "convictions"),
        ("сколько человек осуждено?", "convictions"),
        ("skolko chelovek osudili", "convictions"),
        ("crjkmrj xtkjdtr jcelbkb", "convictions"),
        ("қанша адам сотталды?", "convictions"),
        ("канша адам сотталды", "convictions"),
        ("сколько человек погибло?", "-"),
        ("қанша адам қаза тапты?", "-"),
        // Nothing of this hearing.
        ("what is the weather tomorrow?", "-"),
        ("how do I pay my fine?", "-"),
        ("hello", "-"),
        ("", "-"),
    ] {
        let got = verdict(&expert, question);
        if got != expected {
            wrong.push(format!("{question:?}: wanted {expected}, got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn case_blanks_and_punctuation_change_nothing() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    for question in [
        "How many people were convicted?",
        "Сколько дел о пытках?",
        "what is the death toll",
    ] {
        let plain = verdict(&expert, question);
        for other in [
            question.to_uppercase(),
            format!("  {question}  "),
            format!("{question}!!!"),
        ] {
            assert_eq!(verdict(&expert, &other), plain, "{other:?}");
        }
    }
}
