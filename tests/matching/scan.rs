//! Forms of texts for the oracle: enough for the texts of the strategies, written a second time.

/// A company's name as its words, without case, punctuation, `the` and the legal forms that the strategies use.
pub(crate) fn words(name: &str) -> Vec<String> {
    let spaced = name.to_lowercase().replace('&', " and ").replace('ü', "u");
    let mut words: Vec<String> = Vec::new();
    let mut letters_before = false;
    for word in spaced.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letter = word.len() == 1 && word.chars().all(char::is_alphabetic);
        match words.last_mut() {
            Some(last) if letter && letters_before => last.push_str(word),
            _ => words.push(word.into()),
        }
        letters_before = letter;
    }
    for at in 1..words.len().saturating_sub(1) {
        if ["und", "y"].contains(&words[at].as_str()) {
            words[at] = "and".into();
        }
    }
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    loop {
        let end = words.last().map(String::as_str);
        if words.len() < 2 || !matches!(end, Some("inc" | "gmbh" | "ltd" | "sa" | "co" | "kg")) {
            return words;
        }
        words.pop();
        if words.len() > 1 && words.last().is_some_and(|last| last == "and") {
            words.pop();
        }
    }
}

/// The forms that a company's name has: as its words, and as its words with `ü` spelled out.
pub(crate) fn forms(name: &str) -> Vec<Vec<String>> {
    let mut forms = vec![words(name), words(&name.to_lowercase().replace('ü', "ue"))];
    forms.dedup();
    forms
}

/// A person's name as its words, the family name last.
pub(crate) fn person(name: &str) -> String {
    let name = name.to_lowercase().replace("dr.", " ");
    let turned = match name.split_once(',') {
        Some((family, given)) => format!("{given} {family}"),
        None => name,
    };
    turned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a domain is another or lies below it.
pub(crate) fn is_within(domain: &str, other: &str) -> bool {
    domain == other || domain.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'))
}

/// The part of a domain that can be registered, by the suffixes of the strategies.
pub(crate) fn registrable(domain: &str) -> Option<String> {
    let suffixes = crate::world::SUFFIXES.iter().filter(|suffix| is_within(domain, suffix));
    let suffix = suffixes.max_by_key(|suffix| suffix.len())?;
    let label = domain.strip_suffix(suffix)?.strip_suffix('.')?.rsplit('.').next()?;
    Some(format!("{label}.{suffix}"))
}

/// The address in lower case and its domain, when the text has the form of an address.
pub(crate) fn address(text: &str) -> Option<(String, String)> {
    let text = text.trim().to_lowercase();
    let (local, domain) = text.split_once('@')?;
    if local.is_empty() || domain.is_empty() || domain.contains('/') { None } else { Some((text.clone(), domain.into())) }
}

/// Whether one word becomes the other when one letter is dropped, added or changed, or two neighbours change places: all are tried.
pub(crate) fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let without = |word: &[char], at: usize| [&word[..at], &word[at + 1..]].concat();
    let changed = a.len() == b.len() && (0..a.len()).filter(|at| a[*at] != b[*at]).count() == 1;
    let dropped = (0..a.len()).any(|at| without(&a, at) == b) || (0..b.len()).any(|at| without(&b, at) == a);
    let swapped = (1..a.len()).any(|at| {
        let mut other = a.clone();
        other.swap(at - 1, at);
        a != b && other == b
    });
    changed || dropped || swapped
}
