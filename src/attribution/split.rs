//! Whole units for parts: largest remainder.

use alloc::vec::Vec;
use core::cmp::Reverse;

use num_bigint::BigUint;

/// Splits so many units in proportion to parts: every part is given the whole units that are its own, and the units that are left go to the parts with the
/// largest remainders, of equals to the first. So the sum is exact; where all parts are 0, `None`: nobody has a claim.
///
/// The method of A. Hamilton (1792). INVARIANT of callers: `units` × the largest part stays below 2¹²⁸. O(parts · log parts).
pub(super) fn split(units: u128, parts: &[u128]) -> Option<Vec<u128>> {
    let whole: u128 = parts.iter().sum();
    if whole == 0 {
        return None;
    }
    let mut given: Vec<u128> = parts.iter().map(|part| units * part / whole).collect();
    let left = usize::try_from(units - given.iter().sum::<u128>()).unwrap_or(0);
    if left > 0 {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        // The sort is stable: of equal remainders the first comes first.
        order.sort_by_key(|at| Reverse(units * parts[*at] % whole));
        order.into_iter().take(left).for_each(|at| given[at] += 1);
    }
    Some(given)
}

/// The same for great numbers, and parts that are rounded to whole ones: remainders that differ by no more than that may have made, or each from the next by no
/// more, count as equal, so that a tie is one although a third is none of so many decimals. Where all parts are 0, everybody is given nothing.
pub(super) fn split_rounded(units: &BigUint, parts: &[BigUint]) -> Vec<BigUint> {
    let whole: BigUint = parts.iter().sum();
    if whole == BigUint::ZERO {
        return alloc::vec![BigUint::ZERO; parts.len()];
    }
    let mut given: Vec<BigUint> = parts.iter().map(|part| units * part / &whole).collect();
    let left = usize::try_from(units - given.iter().sum::<BigUint>()).unwrap_or(0);
    let remainders: Vec<BigUint> = parts.iter().map(|part| units * part % &whole).collect();
    // Who has no part has no claim to what is left, however little is known of the others' remainders.
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at] != BigUint::ZERO).collect();
    order.sort_by_key(|at| Reverse(&remainders[*at]));
    // A remainder is off by half the units for its own part, and by half of them for each part of the whole at most.
    let near = units * (parts.len() + 1);
    for alike in order.chunk_by_mut(|a, b| &remainders[*a] - &remainders[*b] <= near) {
        alike.sort_unstable();
    }
    order.into_iter().take(left).for_each(|at| given[at] += 1_u8);
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn a_tie_of_rounded_parts_goes_to_the_first_and_nothing_to_who_has_no_part() {
        let whole = BigUint::from(10_u8).pow(24);
        let third = &whole / 3_u8;
        let given = |units: &BigUint, parts: &[&BigUint]| {
            split_rounded(units, &parts.iter().map(|part| (*part).clone()).collect::<Vec<_>>())
                .into_iter()
                .map(|given| given.to_string())
                .collect::<Vec<_>>()
        };
        // 2756.5 and 8269.5: with a third of 24 decimals the second remainder is the greater one.
        assert_eq!(given(&BigUint::from(11_026_u32), &[&third, &whole]), ["2757", "8269"]);
        assert_eq!(given(&BigUint::from(11_026_u32), &[&whole, &third]), ["8270", "2756"]);
        // Of so many units nothing is known of the remainders.
        let given = given(&whole, &[&BigUint::ZERO, &whole, &(&whole / 2_u8)]);
        assert_eq!((given[0].as_str(), given[1].len(), given[2].len()), ("0", 24, 24));
    }
}
