//! Drawn portfolios as columns in raw little-endian files, which the timed examples read.

use std::error::Error;
use std::fs;
use std::path::Path;

use quorate::{Account, AccountGraph, Contact, PortfolioDocument};

/// The graph of a portfolio, and the ids of its contacts by the numbers that the files have for them. `roles` are by number.
pub(crate) fn portfolio(folder: &Path, roles: &[&str]) -> Result<(AccountGraph, Vec<String>), Box<dyn Error>> {
    let text = |name: &str| fs::read_to_string(folder.join(name));
    let (accounts, contacts) = (text("account_ids.txt")?, text("contact_ids.txt")?);
    let accounts: Vec<&str> = accounts.lines().collect();
    let (of, role) = (words(folder, "contact_account.u32")?, fs::read(folder.join("contact_role.u8"))?);
    let named = accounts.iter().map(|id| Account::new(id)).collect::<Result<_, _>>()?;
    let mut document = PortfolioDocument { accounts: named, ..PortfolioDocument::default() };
    for ((id, account), role) in contacts.lines().zip(of).zip(role) {
        document.contacts.push(Contact::new(id, accounts[account as usize])?.with_role(roles[usize::from(role)])?);
    }
    Ok((AccountGraph::from_document(document)?, contacts.lines().map(String::from).collect()))
}

/// The numbers of 32 bits in a file.
pub(crate) fn words(folder: &Path, name: &str) -> Result<Vec<u32>, Box<dyn Error>> {
    let bytes = fs::read(folder.join(name))?;
    Ok(bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect())
}
