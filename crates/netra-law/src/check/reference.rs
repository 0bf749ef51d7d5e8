//! Sanctions, duties, organs and places: articles, names, and spans of time.

use std::collections::BTreeSet;

use super::{check_basis, check_unique};
use crate::Law;
use crate::pack::SanctionLevel;

pub(super) fn faults(law: &Law, faults: &mut Vec<String>) {
    let mut report = |fault: String| faults.push(fault);
    sanctions(law, &mut report);
    let reference = law.reference();
    check_unique("duty", reference.duties.duty.iter().map(|d| d.id.as_str()), &mut report);
    reference.duties.duty.iter().for_each(|d| check_basis(&format!("duty {}", d.id), &d.basis, &mut report));
    check_unique("organ", reference.organs.organ.iter().map(|o| o.id.as_str()), &mut report);
    for organ in &reference.organs.organ {
        check_basis(&format!("organ {}", organ.id), &organ.basis, &mut report);
        if organ.may.is_empty() {
            report(format!("organ {} may do nothing", organ.id));
        }
    }
    places(law, &mut report);
}

fn sanctions(law: &Law, report: &mut dyn FnMut(String)) {
    let file = &law.reference().sanctions;
    check_unique("sanction", file.sanction.iter().map(|s| s.id.as_str()), report);
    check_unique("punisher", file.punisher.iter().map(|p| p.id.as_str()), report);
    for sanction in &file.sanction {
        let what = format!("sanction {}", sanction.id);
        check_basis(&what, &sanction.basis, report);
        for subject in sanction.subjects.iter().filter(|s| law.subject(s).is_none()) {
            report(format!("{what}: unknown kind of person '{subject}'"));
        }
        for id in sanction.types.iter().filter(|id| !law.violations().iter().any(|v| v.id == **id)) {
            report(format!("{what}: unknown type of violation '{id}'"));
        }
        if let (Some(from), Some(to)) = (sanction.acts_from, sanction.acts_to)
            && to < from
        {
            report(format!("{what}: acts_to {to} lies before acts_from {from}"));
        }
        if let Some(other) = &sanction.substitutes {
            match file.sanction.iter().find(|s| s.id == *other) {
                Some(nominal) if nominal.level == sanction.level => {}
                Some(_) => report(format!("{what} stands in the place of one of another level")),
                None => report(format!("{what} stands in the place of '{other}', which there is not")),
            }
        }
    }
    file.punisher.iter().for_each(|p| check_basis(&format!("punisher {}", p.id), &p.basis, report));
    let known: BTreeSet<SanctionLevel> = file.sanction.iter().map(|s| s.level).collect();
    for violation in law.violations() {
        for level in violation.levels.iter().filter(|level| !known.contains(level)) {
            report(format!("violation {}: no sanction has the level {}", violation.id, level.id()));
        }
    }
}

fn places(law: &Law, report: &mut dyn FnMut(String)) {
    let places = &law.reference().places;
    places.zone.iter().for_each(|z| check_basis(&format!("zone {}", z.zone), &z.basis, report));
    check_unique("province", places.zone.iter().flat_map(|z| z.provinces.iter().map(String::as_str)), report);
    check_unique("area code", places.area.iter().map(|a| a.code.as_str()), report);
    places.area.iter().for_each(|a| check_basis(&format!("area code {}", a.code), &a.basis, report));
    check_unique("rule of the week", places.week_rule.iter().map(|r| r.id.as_str()), report);
    places.week_rule.iter().for_each(|r| check_basis(&format!("rule of the week {}", r.id), &r.basis, report));
}
