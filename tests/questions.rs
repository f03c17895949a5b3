//! Questions and their verdicts: as many misses as hits.

#![allow(clippy::expect_used, clippy::panic, clippy::too_many_lines)]

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
        ("how many cases ended in a conviction?", "-"),
        ("how many people were convicted in Belarus?", "-"),
        ("In Shymkent, how many were convicted?", "-"),
        ("Back in 2011, how many stood trial?", "-"),
        (
            "I live in Shymkent. How many were convicted?",
            "convictions",
        ),
        ("В Шымкенте, сколько осудили?", "-"),
        (
            "I'm writing a paper for my politics class and my tutor wants names. Which deputy chaired that special hearing in the Mazhilis?",
            "-",
        ),
        (
            "Мен 1986-ның желтоқсанын көрген адаммын, аяғымда әлі тыртығы бар. Сол жылғы оқиғада қанша адам сотталып еді, есіңізде ме? Қаңтардікін білем.",
            "-",
        ),
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
        ("Сколько из 4623 уголовных дел закрыли?", "-"),
        (
            "Someone cites 4,623 in a paper. What does that number count?",
            "cases",
        ),
        // Typos, layouts, other letters and languages.
        ("how many ppl were convcited", "convictions"),
        ("сколько человек осуждено?", "convictions"),
        ("skolko chelovek osudili", "convictions"),
        ("crjkmrj xtkjdtr jcelbkb", "convictions"),
        ("қанша адам сотталды?", "convictions"),
        ("kim sottalushy knb-dan", "nsc"),
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

/// Each rule of matching that somebody would notice if it were gone, by a question that shows it. Found by leaving out one rule at
/// a time, or changing one number.
#[test]
fn every_rule_shows() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    let mut wrong = Vec::new();
    for (rule, question, expected) in [
        (
            "a weak word is less than a plain one",
            "Сколько раз жалобы людей на то, что их мучили в камерах, обернулись заведённым делом?",
            "torture",
        ),
        (
            "an everyday word costs little",
            "How many walked out of court having lost only money?",
            "fines",
        ),
        (
            "what is said not to be asked counts for nothing",
            "How many has the amnesty been applied to, as opposed to those eligible?",
            "amnesty",
        ),
        (
            "the same where it is said at the end of a clause",
            "Шектеу алғандар емес, түрмеге кеткендер нешеу?",
            "imprisonment",
        ),
        (
            "a number that no fact has as its figure costs nothing",
            "wat is karim masimv on tiral 4",
            "massimov",
        ),
        (
            "the figure of the whole costs its part nothing",
            "Out of the 631 in the dock, for how many did it end badly?",
            "convictions",
        ),
        (
            "of two keywords as near to a typo either may be meant",
            "is teh investgation finsihed or stil going",
            "investigation",
        ),
        (
            "a clause that asks takes what stands nearest before it",
            "Қаңтар үшін заң алдында жауап бергендер, шамалап айтқанда, қанша?",
            "responsibility",
        ),
        (
            "where the verb comes last, people end with it what they say of themselves",
            "Сәлем бердік! Кеше көршім Ерғожин де сотталып жатыр деді, сенбедім. Оған не таққан?",
            "yergozhin",
        ),
        (
            "only what negates ends such a clause",
            "ергожиннин мойнына не илди, кандай айып?",
            "yergozhin",
        ),
        (
            "the clause asks that names a kind and a topic, before one that names a kind",
            "Such things don't gather by themselves, somebody's hand was behind it, and I want to hear whose hand they suspect",
            "organisers",
        ),
        (
            "of what is said not to be asked the question is free again at its own words",
            "Instead of the fined, how many were jailed?",
            "imprisonment",
        ),
        (
            "the words that ask may stand inside a phrase",
            "Қара орындыққа неше кісі отырды?",
            "defendants",
        ),
        (
            "a negation turns what stands beside it",
            "Who refused Tokayev's amnesty?",
            "-",
        ),
        (
            "a figure of another fact",
            "How many of the 132 prisoners were later covered by the amnesty?",
            "-",
        ),
        (
            "of a given number another one is asked",
            "Of the 1,001 whose terms were cut, how many have walked out of the gates?",
            "-",
        ),
        (
            "of a given number that is another fact's",
            "Of the 34 officers probed for torture, how many were actually convicted?",
            "-",
        ),
        (
            "a figure among other numbers",
            "lol what's 599 times 3",
            "-",
        ),
        ("a figure of two digits says nothing", "what is 34?", "-"),
        (
            "everyday words alone meet no need",
            "Сколько единиц оружия похитили, раз дел о его незаконном обороте так много?",
            "-",
        ),
        (
            "an everyday thing is counted",
            "how many horses were convicted?",
            "-",
        ),
        ("the same in Russian", "сколько лошадей осудили?", "-"),
        (
            "a thing that no lexicon knows is counted",
            "how many zxqvins were sentenced to imprisonment?",
            "-",
        ),
        (
            "the story is needed, and not enough",
            "The earth is flat and NASA was convicted for lying. True or false?",
            "-",
        ),
        (
            "too much is left unexplained",
            "Why did the Minister of Internal Affairs refuse to attend the hearing on January 5?",
            "-",
        ),
        (
            "too close to call",
            "Объясните мне как владельцу магазина: почему при ущербе 37,5 млрд вернули меньше половины? Чем государство мотивирует?",
            "-",
        ),
        (
            "a little behind a gap",
            "Treason isn't on Daulet Yergozhin's charge sheet, so what is?",
            "yergozhin",
        ),
        (
            "the story costs little",
            "Hello from Warsaw, radio desk here. I know Massimov is on trial, everyone knows Massimov, but I was told he's not the only one from the top of the KNB and I can't for the life of me find the other surnames. Who are they all?",
            "nsc",
        ),
        (
            "the story is beside the question",
            "Court reporter here, going over old notebooks, and my own shorthand defeats me. I wrote \"Mazh. special\" with no date. When was that session?",
            "hearing",
        ),
        (
            "the sentence points back",
            "Брату, слава Аллаху, дали не тюрьму, а ограничение свободы, каждый месяц ездит отмечаться. Мама плачет, думает только нас так наказали. Скажите, сколько ещё людей с таким же приговором?",
            "restriction",
        ),
        (
            "the sentence names no topic",
            "Citizens went and complained of being brutalised after arrest. How many criminal files came out of that?",
            "torture",
        ),
        (
            "the story adds nothing",
            "They say decent people went out to the square and then bandits stole the show. What were those bandits after, as officials tell it?",
            "coup",
        ),
        (
            "two sentences ask for one fact",
            "kogo iz byvshih shishek KNB sudyat? familii naidi",
            "nsc",
        ),
        (
            "short words say nothing",
            "hwo many ppl wer convcited in totl",
            "convictions",
        ),
        (
            "what people say of themselves is needed",
            "If I had to put the entrepreneurs' losses in greenbacks, what would I write?",
            "damage_usd",
        ),
        (
            "the second sentence asks",
            "ok wait, i was 17 when it happened and my parents just switched off the tv. who do they actually think set the whole thing up?",
            "organisers",
        ),
        (
            "what is not asked",
            "hoaw many persns stil undr investigtion,not cases",
            "pending_persons",
        ),
        (
            "a stop ends what an intro began",
            "Добрый вечер. Студент мой принёс курсовую, где пишет, что никому из январских не давали общественных работ. Мне помнится, были единицы. Сколько всё же?",
            "community_service",
        ),
        (
            "beside a sentence that asks for something",
            "Работаю с жертвами насилия в изоляторах, каждый день слышу такое, что волосы дыбом. Хочу понимать масштаб с другой стороны решётки: в отношении скольких сотрудников шло разбирательство о пытках?",
            "torture_officers",
        ),
        (
            "the clause with a kind and a topic asks",
            "with my own eyes i saw the hospital full, a cousin of ours lost his job, how many people were sentenced to prison?",
            "imprisonment",
        ),
        (
            "what was named last is asked about",
            "We had the hospital, then the shops, the money, those who were fined, how many were there?",
            "fines",
        ),
        (
            "the thing counted stands in the same clause",
            "Those who got community service swept the streets and earned no money. How many got that?",
            "community_service",
        ),
        (
            "what every question here may hold is hardly evidence",
            "когда начались беспорядки? Я юрист, но по земле, в уголовке плаваю как топор.",
            "-",
        ),
        ("too little is said", "а позицию государства", "-"),
        (
            "a phrase is as sure as its least sure word",
            "Здравствуйте, пишу от имени трёх пострадавших кафе. Сколько раз жалобы людей на то, что их мучили в камерах, обернулись заведённым делом?",
            "torture",
        ),
        (
            "what a fact excludes",
            "Which other heads of agencies spoke, and what are their names?",
            "-",
        ),
        (
            "a kind of question counts where it is asked",
            "I used to see Massimov on TV every single week when he was premier, such a smooth man. And now in the dock. For what, precisely?",
            "massimov",
        ),
        (
            "people before \"how many\" give way to a thing behind it",
            "Convicted people, how many horses?",
            "-",
        ),
        (
            "what stands behind \"how many\" is counted, not what stands before it",
            "полиция қанша қылмыстық істі тергеді?",
            "cases",
        ),
        (
            "of them: among those who were named",
            "Right, so 34 officers were probed for torture, I've got that down. How many of them were convicted? My mother keeps asking as if I were the minister.",
            "-",
        ),
        (
            "words that introduce a question begin a clause",
            "Гульмира, завуч из Кызылорды. На классном часе девятиклассник спросил «а скольких отдали под суд?», и я с тридцатилетним стажем стою красная и молчу. Выручайте, завтра опять к ним",
            "defendants",
        ),
        (
            "a complete clause does not go on with what stands before it",
            "Мама всё спрашивает, чьи имена из верхушки спецслужбы звучат теперь в зале суда?",
            "nsc",
        ),
        (
            "what asks ends what people say of themselves",
            "631 went to trial, and I know some were just kids from my university dorm who went out to look. How many of them were students?",
            "-",
        ),
        (
            "a sentence that only underlines another does not ask",
            "Бауырым, скажи честно, а то все молчат. По делу четырёхлетней девочки Айкоркем кто-нибудь наказан, посадили того, кто стрелял?",
            "-",
        ),
    ] {
        let got = verdict(&expert, question);
        if got != expected {
            wrong.push(format!(
                "{rule}: {question:?}: wanted {expected}, got {got}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn three_answers_are_offered_and_a_fourth_is_not() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    let question =
        "how many were convicted? how many were fined? how many got amnesty? how many were jailed?";
    let verdict = expert.matcher.ask(question, None);
    let Answer::Clarify(facts) = answer(&expert.knowledge, &verdict) else {
        panic!("nothing is offered: {verdict:?}");
    };
    let ids: Vec<_> = facts.iter().map(|fact| fact.id.as_str()).collect();
    assert_eq!(ids, ["convictions", "fines", "amnesty"]);
}

/// The same for what is neither told nor offered where nobody asked for it.
#[test]
fn every_rule_of_silence_shows() {
    let expert = Expert::load(None).expect("the knowledge is sound");
    for (rule, question) in [
        (
            "a gap is named where it is asked for",
            "What did Asylov say about my client's access to a lawyer during interrogation?",
        ),
        (
            "what people say of themselves is a clause of its own",
            "Can you translate my article into German by six o'clock?",
        ),
        (
            "no fact is offered that leaves so much unexplained",
            "Сколько из этих 34 силовиков в итоге осудили?",
        ),
    ] {
        let verdict = expert.matcher.ask(question, None);
        assert!(
            matches!(answer(&expert.knowledge, &verdict), Answer::Nothing(_)),
            "{rule}: {question:?}: {verdict:?}"
        );
    }
}
