//! What titles say, for the few that the worlds have; and which role a policy gives them, rule by rule.

use super::policy::Policy;
use crate::world::Contact;
use serde_json::Value;

/// A title that a world may have, with what anybody would read in it.
pub struct Known {
    pub title: &'static str,
    /// Its words in lower case, without those that only link others.
    words: &'static str,
    seniority: Option<&'static str>,
    function: Option<&'static str>,
    relationship: Option<&'static str>,
}

const fn known(
    title: &'static str,
    words: &'static str,
    seniority: Option<&'static str>,
    function: Option<&'static str>,
    relationship: Option<&'static str>,
) -> Known {
    Known { title, words, seniority, function, relationship }
}

/// Titles that need no explanation.
pub const TITLES: [Known; 12] = [
    known("Chief Financial Officer", "chief financial officer", Some("c_level"), Some("finance"), None),
    known("VP of Marketing", "vice president marketing", Some("vp"), Some("marketing"), None),
    known("Head of Procurement", "head procurement", Some("director"), Some("procurement"), None),
    known("HEAD OF SALES", "head sales", Some("director"), Some("sales"), None),
    known("IT Manager", "it manager", Some("manager"), Some("it"), None),
    known("Marketing Operations Manager", "marketing operations manager", Some("manager"), Some("marketing"), None),
    known("Software Engineer", "software engineer", Some("individual"), Some("engineering"), None),
    known("Account Executive", "account executive", Some("individual"), Some("sales"), None),
    known("Managing Director", "managing director", Some("director"), Some("general_management"), None),
    known("Student", "student", Some("student"), None, Some("student")),
    known("President", "president", Some("c_level"), Some("general_management"), None),
    known("Zzyzx", "zzyzx", None, None, None),
];

fn find(contact: &Contact) -> Option<&'static Known> {
    let title = contact.title.as_deref()?;
    Some(TITLES.iter().find(|known| known.title == title).expect("a title of the table"))
}

/// Whether the policy reads titles at all.
fn reads(policy: &Policy) -> bool {
    policy.at("/titles/base") == "built_in"
}

/// What the contact is to the account, as recorded, by the domain of the address, by the title.
pub fn relationship(contact: &Contact, policy: &Policy) -> String {
    let of_domain = contact.email.as_ref().and_then(|email| domain_relationship(email, policy));
    let of_title = find(contact).filter(|_| reads(policy)).and_then(|known| known.relationship).map(str::to_owned);
    contact.relationship.clone().or(of_domain).or(of_title).unwrap_or_else(|| "employee".to_owned())
}

/// The domain of an address of the strategies: within angle brackets, as a link, in other letters than a to z.
fn domain_of(email: &str) -> Option<String> {
    let bare = email.split(['<', '>']).find(|part| part.contains('@'))?;
    let bare = bare.split('?').next()?;
    Some(in_ascii(bare.rsplit_once('@')?.1))
}

fn in_ascii(domain: &str) -> String {
    domain.to_lowercase().replace("bücher", "xn--bcher-kva")
}

/// The longest of the policy's domains that the address is in.
fn domain_relationship(email: &str, policy: &Policy) -> Option<String> {
    let domain = domain_of(email)?;
    let rows = policy.at("/relationship_domains").as_array()?.iter();
    let all = rows.flat_map(|row| row["domains"].as_array().expect("domains").iter().map(move |one| (one, row)));
    let is_in = |one: &str| domain == in_ascii(one) || domain.ends_with(&format!(".{}", in_ascii(one)));
    let found = all.filter(|(one, _)| is_in(one.as_str().expect("a domain"))).max_by_key(|(one, _)| one.as_str().map(str::len));
    found.map(|(_, row)| row["relationship"].as_str().expect("a word").to_owned())
}

/// The role that follows from the title: the first rule of the template, then of the policy, all of whose conditions hold.
pub fn role(contact: &Contact, policy: &Policy, template: &str) -> Option<String> {
    let known = find(contact)?;
    let all = policy.at("/templates").as_array().expect("templates");
    let template = all.iter().find(|one| one["name"] == template).expect("a known template");
    let rules = template["title_roles"].as_array().into_iter().chain(policy.at("/titles/roles").as_array()).flatten();
    let found = rules.into_iter().find(|rule| meets(known, rule, template, reads(policy)));
    found.map(|rule| rule["role"].as_str().expect("a role").to_owned())
}

fn meets(known: &Known, rule: &Value, template: &Value, reads: bool) -> bool {
    let plain = |text: &str| {
        let words = text.to_lowercase();
        words.split(' ').filter(|word| *word != "of").map(str::to_owned).collect::<Vec<_>>()
    };
    let own: Vec<String> = known.words.split(' ').map(str::to_owned).collect();
    let sorted = |mut words: Vec<String>| {
        words.sort();
        words
    };
    let asked = |field: &str| rule[field].as_array().map(|list| list.iter().map(|one| one.as_str().expect("a text")).collect::<Vec<_>>());
    let titles = asked("titles").is_none_or(|titles| titles.iter().any(|title| sorted(plain(title)) == sorted(own.clone())));
    let words = asked("words").is_none_or(|all| all.iter().any(|words| own.windows(plain(words).len()).any(|part| part == plain(words))));
    let seniority = known.seniority.filter(|_| reads);
    let function = known.function.filter(|_| reads);
    let mine = template["functions"].as_array().map(|list| list.iter().map(|one| one.as_str().expect("a text")).collect::<Vec<_>>());
    let is_own = || mine.as_ref().is_none_or(|mine| function.is_some_and(|function| mine.contains(&function)));
    let of_function = |one: &str| if one == "own" { is_own() } else { function == Some(one) };
    let seniorities = asked("seniority").is_none_or(|all| seniority.is_some_and(|seniority| all.contains(&seniority)));
    let functions = asked("functions").is_none_or(|all| all.iter().any(|one| of_function(one)));
    titles && words && seniorities && functions
}
