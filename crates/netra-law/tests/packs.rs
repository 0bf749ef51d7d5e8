//! The shipped packs load, and faults in packs are found and named.

use netra_law::Law;

#[test]
fn the_shipped_packs_hold() {
    match Law::embedded() {
        Ok(law) => assert!(law.packs().len() >= 4),
        Err(faults) => panic!("{faults}"),
    }
}
