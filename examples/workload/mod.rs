//! Drawn portfolios as columns in raw little-endian files, which the timed examples read.

use std::error::Error;
use std::fs;
use std::path::Path;

use quorate::{Account, AccountGraph, Contact};

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
