//! Drawn portfolios as columns in raw little-endian files, which the timed examples read.

use std::error::Error;
use std::fs;
use std::path::Path;

use quorate::{Account, AccountGraph, ColumnsError, Contact, Policy, SignalColumns, SignalTally};

/// The graph of a portfolio, and the ids of its contacts by the numbers that the files have for them. `roles` are by number.
pub(crate) fn portfolio(folder: &Path, roles: &[&str]) -> Result<(AccountGraph, Vec<String>), Box<dyn Error>> {
    let text = |name: &str| fs::read_to_string(folder.join(name));
    let (accounts, contacts) = (text("account_ids.txt")?, text("contact_ids.txt")?);
    let accounts: Vec<&str> = accounts.lines().collect();
    let (of, role) = (words(folder, "contact_account.u32")?, fs::read(folder.join("contact_role.u8"))?);
    let ids: Vec<String> = contacts.lines().map(String::from).collect();
    // Record by record, since a document of a million contacts takes several times the memory of the graph. In the order of ids, as a graph made of a
    // document has them: what is read together then lies together.
    let mut graph = AccountGraph::new();
    let mut by_id = accounts.clone();
    by_id.sort_unstable();
    by_id.iter().try_for_each(|id| Ok::<(), Box<dyn Error>>(graph.add_account(Account::new(id)?)?))?;
    let mut order: Vec<usize> = (0..ids.len()).collect();
    let account_of = |contact: usize| accounts[of[contact] as usize];
    order.sort_unstable_by(|a, b| (account_of(*a), &ids[*a]).cmp(&(account_of(*b), &ids[*b])));
    for contact in order {
        graph.add_contact(Contact::new(&ids[contact], account_of(contact))?.with_role(roles[usize::from(role[contact])])?)?;
    }
    Ok((graph, ids))
}

/// The numbers of 32 bits in a file.
pub(crate) fn words(folder: &Path, name: &str) -> Result<Vec<u32>, Box<dyn Error>> {
    let bytes = fs::read(folder.join(name))?;
    Ok(bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}

/// The names of a policy's kinds and of its roles, by the numbers that the files have for them: those of the default policy, in its order.
pub(crate) fn names(policy: &Policy) -> (Vec<&str>, Vec<&str>) {
    let document = policy.document();
    (document.kinds.iter().map(|kind| kind.name.as_str()).collect(), document.roles.iter().map(|role| role.name.as_str()).collect())
}

/// The graph's numbers of these contacts: the files number them in their own way.
pub(crate) fn numbers(graph: &AccountGraph, ids: &[String]) -> Result<Vec<u32>, Box<dyn Error>> {
    ids.iter().map(|id| graph.contact_roster().find(id).ok_or_else(|| "a contact without a number".into())).collect()
}

/// Signals as columns.
#[derive(Default)]
pub(crate) struct Columns {
    /// By the number in `contacts`: that of the graph.
    pub(crate) numbers: Vec<u32>,
    pub(crate) contacts: Vec<u32>,
    pub(crate) kinds: Vec<u16>,
    pub(crate) days: Vec<i32>,
}

impl Columns {
    /// Those of a folder.
    pub(crate) fn read(folder: &Path, numbers: Vec<u32>) -> Result<Self, Box<dyn Error>> {
        let contacts = words(folder, "signal_contact.u32")?;
        let kinds = fs::read(folder.join("signal_kind.u8"))?.into_iter().map(u16::from).collect();
        let days = words(folder, "signal_day.i32")?.into_iter().map(|word| i32::from_le_bytes(word.to_le_bytes())).collect();
        Ok(Self { numbers, contacts, kinds, days })
    }

    /// The signals counted.
    pub(crate) fn tally(&self, graph: &AccountGraph, kind_names: &[&str]) -> Result<SignalTally, ColumnsError> {
        let columns = SignalColumns {
            contacts: &self.contacts,
            contact_numbers: Some(&self.numbers),
            kinds: &self.kinds,
            days: &self.days,
            kind_names,
            ..SignalColumns::default()
        };
        SignalTally::from_columns(graph.contact_roster(), &columns)
    }
}
