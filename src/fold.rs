//! Folding: one spelling for texts that differ only in case, accents or ways to write a letter.

use alloc::string::String;

use unicode_normalization::char::decompose_compatible;

/// A text in its folded form: compatibility decomposition (Unicode NFKD), marks dropped, lower case, letters that decompose into nothing
/// written in plain ones (`ß` ss, `æ` ae, `ø` o, `ł` l, `đ` d, `ı` i …), invisible characters dropped.
///
/// Every character folds by itself, so the fold of two texts after one another is their folds after one another; and what is folded stays so.
/// Marks are those that scripts with letters write above or below them (accents, Hebrew and Arabic points); the vowel signs of Indian scripts
/// are letters in all but name, and stay. Punctuation and spaces stay as they are. O(length).
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        fold_char(letter, &mut folded);
    }
    folded
}

/// Folds one character onto the end of a text; see [`fold`].
pub(crate) fn fold_char(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
    } else {
        // By way of the capital, which letters with several small forms share (`ς` and `σ`, `ı` and `i`).
        let lower = |part: char| part.to_uppercase().flat_map(char::to_lowercase);
        decompose_compatible(letter, |part| lower(part).for_each(|one| fold_part(one, folded)));
    }
}

/// Lower case may bring a mark or a composed letter back (`İ`), so what comes of it is decomposed once more.
fn fold_part(lower: char, folded: &mut String) {
    decompose_compatible(lower, |part| match plain(part) {
        Some(letters) => folded.push_str(letters),
        None if is_dropped(part) => {}
        None => folded.push(part),
    });
}

/// What is written for an apostrophe, accents, primes and the Hebrew signs that stand inside words among it.
///
/// To be asked before folding, which makes a space and a mark of `´`; some of the others are letters to Unicode.
pub(crate) const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '’' | '‘' | '´' | 'ʼ' | '′' | '＇' | '׳' | '״')
}

/// Letters that have no decomposition, and how they are written where they cannot be typed.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ł' | 'ƚ' => "l",
        'ȷ' => "j",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ɓ' | 'ƀ' => "b",
        'ƙ' | 'ĸ' => "k",
        _ => return None,
    })
}

/// Accents, points and variation selectors, and what is not seen at all: soft hyphens, joiners, marks of direction.
const fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_folds_to_what_stays_folded() {
        for letter in '\0'..=char::MAX {
            let once = fold(letter.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{letter:?} U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn case_never_matters() {
        for letter in '\0'..=char::MAX {
            let upper: String = letter.to_uppercase().collect();
            let lower: String = letter.to_lowercase().collect();
            let once = fold(letter.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&lower), once, "{letter:?} U+{:04X}", u32::from(letter));
            assert_eq!(fold(&upper), once, "{letter:?} U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn names_are_written_in_plain_letters() {
        for (text, folded) in [
            ("Société Générale", "societe generale"),
            ("GESCHÄFTSFÜHRER", "geschaftsfuhrer"),
            ("Straße", "strasse"),
            ("Łódź Ørsted Đà Nẵng", "lodz orsted da nang"),
            ("İstanbul ISPARTA ıstakoz", "istanbul isparta istakoz"),
            ("ﬁnance ＣＦＯ ①", "finance cfo 1"),
            ("co\u{ad}op\u{200b}era\u{301}tion", "cooperation"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
