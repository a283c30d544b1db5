//! What a title says of its field and of its rank does not depend on the other of the two.
//!
//! `Talent Acquisition Manager` was read as procurement once, since an acquisition manager buys, and `Machine Learning Manager` as human resources:
//! a phrase of the rank with a part of the field said something else than the field. Fields that mean other things beside some ranks (*commercial*,
//! *revenue*, *export*) are none of these.

use quorate::{JobFunction, Ratio, TitleReader, TitleRule, TitleRules, TitleSays};

const RANKS: [(&str, &str); 12] = [
    ("_ Manager", "manager"),
    ("Manager, _", "manager"),
    ("Sr. Manager - _", "manager"),
    ("_ Lead", "manager"),
    ("_ Supervisor", "manager"),
    ("_ Director", "director"),
    ("Director of _", "director"),
    ("Head of _", "director"),
    ("VP _", "vp"),
    ("_ Specialist", "individual"),
    ("_ Coordinator", "individual"),
    ("_ Analyst", "individual"),
];

const FIELDS: [(&str, &str); 12] = [
    (
        "finance",
        "Finance, Financial Planning, FP&A, Accounting, Accounts Payable, Tax, Treasury, Credit Risk, Collections, Billing, Internal Audit, \
         Risk Management, Operational Risk, M&A, Mergers and Acquisitions, Insurance, Underwriting, Mortgage, Investments, Wealth Management, \
         Asset Management, Investor Relations, Corporate Development, Sales Finance, Commercial Finance, Supply Chain Finance, IT Audit, Pricing",
    ),
    (
        "it",
        "Machine Learning, Deep Learning, Data Science, Data Engineering, Data Governance, Data Quality, Analytics, Business Intelligence, \
         Business Analytics, Digital Transformation, IT Support, Service Desk, IT Operations, IT Infrastructure, Cloud, Cloud Operations, \
         Network Operations, Enterprise Applications, ERP, SAP, Artificial Intelligence",
    ),
    (
        "engineering",
        "Software Engineering, Software Development, Web Development, DevOps, Platform Engineering, Hardware Engineering, Mechanical Engineering, \
         Electrical Engineering, Manufacturing Engineering, R&D, Robotics, Automation, Testing",
    ),
    ("security", "Information Security, IT Security, Cyber Security, Cloud Security, Network Security, Product Security"),
    (
        "operations",
        "Operations, Business Operations, Supply Chain, Logistics, Warehouse, Distribution, Transportation, Fleet, Inventory, Production, \
         Manufacturing, Plant Operations, Quality Control, EHS, Health & Safety, Facilities, Construction, PMO, Process Improvement, \
         Operational Excellence, Continuous Improvement, Physical Security, Loss Prevention",
    ),
    (
        "marketing",
        "Brand, Brand Marketing, Digital Marketing, Product Marketing, Customer Marketing, Field Marketing, Trade Marketing, Marketing Analytics, \
         Customer Insights, Content, Social Media, Events, Growth Marketing, Demand Generation, Communications, Internal Communications, \
         Public Relations, Corporate Affairs, Government Affairs, Fundraising",
    ),
    (
        "sales",
        "Sales, Inside Sales, Field Sales, Channel Sales, Partner Sales, Sales Operations, Sales Enablement, Sales Engineering, Sales Analytics, \
         Pre-Sales, Business Development, Partnerships, Strategic Partnerships, Alliances, Key Accounts, Revenue Operations",
    ),
    (
        "hr",
        "Human Resources, HR Operations, HR Systems, Talent, Talent Acquisition, Recruiting, Learning & Development, Training, Sales Training, \
         Compensation, Benefits, Total Rewards, Employee Relations, Employee Experience, Labor Relations, Diversity, Organizational Development, \
         People Analytics, Payroll",
    ),
    (
        "legal",
        "Legal, Legal Operations, Compliance, Trade Compliance, Regulatory Affairs, Privacy, Data Privacy, Intellectual Property, Contracts",
    ),
    ("procurement", "Procurement, IT Procurement, Strategic Sourcing, Purchasing, Vendor Management, Category Management"),
    ("product", "Product, Product Management, Product Development, Product Design, Product Operations, UX, UX Research"),
    (
        "customer_success",
        "Customer Success, Customer Service, Customer Support, Customer Experience, Customer Care, Client Services, Client Success, \
         Professional Services, Onboarding",
    ),
];

#[test]
fn a_field_says_the_same_beside_every_rank_and_a_rank_beside_every_field() {
    let reader = TitleReader::built_in();
    let mut others = Vec::new();
    for (function, fields) in FIELDS {
        for (field, (rank, level)) in fields.split(", ").flat_map(|field| RANKS.iter().map(move |rank| (field, rank))) {
            let title = rank.replace('_', field);
            let reading = reader.read(&title);
            let found = (reading.seniority.map(|found| found.value.as_str()), reading.function.map(|found| found.value.as_str()));
            if found != (Some(*level), Some(function)) {
                others.push(format!("{title}: {found:?} and not {level} of {function}"));
            }
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

const PAIRS: [&str; 9] = [
    "VP of {} & {}",
    "Head of {} and {}",
    "{} and the {} Manager",
    "Director, {} & {}",
    "{} or {} Director",
    "Vice President {} and {}",
    "Head of {} &amp; {}",
    "Director of {}&{}",
    "{} & {}",
];

/// `IT & Security` has the words of *IT security*, and is two fields all the same.
#[test]
fn of_two_fields_joined_by_an_and_one_is_found_and_the_other_is_an_alternative() {
    let reader = TitleReader::built_in();
    let fields =
        "Sales, Marketing, Finance, HR, IT, Legal, Operations, Engineering, Product, Procurement, Security, Customer Success".split(", ");
    let fields: Vec<(&str, String)> = fields.map(|field| (field, field.to_lowercase().replace(' ', "_"))).collect();
    let pairs = fields.iter().flat_map(|one| fields.iter().map(move |other| (one, other))).filter(|(one, other)| one != other);
    let mut others = Vec::new();
    for ((one, other), pattern) in pairs.flat_map(|pair| PAIRS.iter().map(move |pattern| (pair, *pattern))) {
        let title = pattern.replacen("{}", one.0, 1).replacen("{}", other.0, 1);
        let found = functions(&reader, &title);
        if !found.contains(&one.1.as_str()) || !found.contains(&other.1.as_str()) {
            others.push(format!("{title}: {found:?}"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn other_languages_join_two_fields_by_words_of_their_own() {
    let reader = TitleReader::built_in();
    for title in [
        "Responsable de la sécurité et de l'informatique",
        "Responsable Sécurité & l'Informatique",
        "RESPONSABLE SECURITE ET L INFORMATIQUE",
        "Responsable de seguridad y de informática",
        "Leiter IT sowie Sicherheit",
        "Leiter IT bzw. Sicherheit",
    ] {
        let found = functions(&reader, title);
        assert!(found.len() >= 2 && ["security", "it"].iter().all(|one| found.contains(one)), "{title}: {found:?}");
    }
    // Without the *and* it is one field.
    for title in ["Responsable sécurité informatique", "Head of IT Security"] {
        assert_eq!(functions(&reader, title), ["security"], "{title}");
    }
}

/// Who writes the *and* into a phrase says that it is one field, and no alternative is told of a part of it; nor is the French and Spanish *en* an *and*.
#[test]
fn one_field_with_an_and_in_it_is_one_field() {
    let reader = TitleReader::built_in();
    for (function, title) in [
        ("hr", "Learning & Development Officer"),
        ("hr", "Training and Development Manager"),
        ("hr", "VP People & Culture"),
        ("finance", "Mergers and Acquisitions Manager"),
        ("engineering", "Research and Development Engineer"),
        ("operations", "Health and Safety Manager"),
        ("it", "Chief Information and Digital Officer"),
        ("security", "Ingénieur en sécurité informatique"),
    ] {
        assert_eq!(functions(&reader, title), [function], "{title}");
    }
}

/// An *and* belongs to a phrase only where the phrase has it, before a `*` and another filler, too.
#[test]
fn a_phrase_has_an_and_only_where_it_is_written() {
    let rule = |name: &str, function, phrases: &[&str]| TitleRule {
        name: name.into(),
        says: TitleSays::Function(function),
        confidence: Ratio::ONE,
        any: phrases.iter().map(|phrase| (*phrase).into()).collect(),
        whole: Vec::new(),
        none: Vec::new(),
    };
    let whole = rule("whole", JobFunction::Finance, &["alpha beta and gamma", "alpha & *elta", "alpha and of *psilon"]);
    let parts = rule("parts", JobFunction::It, &["beta", "gamma", "delta", "epsilon"]);
    let rules = TitleRules { abbreviations: [].into(), fillers: vec!["and".into(), "of".into()], rules: vec![whole, parts] };
    let reader = TitleReader::new(&rules).unwrap();
    for title in ["Alpha Beta & Gamma", "Alpha Beta Gamma", "Alpha and Delta", "Alpha & Epsilon"] {
        assert_eq!(functions(&reader, title), ["finance"], "{title}");
    }
    for title in ["Alpha & Beta & Gamma", "Alpha and Beta Gamma"] {
        assert_eq!(functions(&reader, title), ["finance", "it"], "{title}");
    }
}

/// The function that is found, and its alternatives.
fn functions(reader: &TitleReader, title: &str) -> Vec<&'static str> {
    let found = reader.read(title).function;
    found
        .into_iter()
        .flat_map(|found| [found.value].into_iter().chain(found.alternatives.into_iter().map(|other| other.value)))
        .map(JobFunction::as_str)
        .collect()
}
