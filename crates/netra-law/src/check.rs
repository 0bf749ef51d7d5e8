//! What must hold between the entries of the packs, beyond their shape.

mod reference;

use std::collections::BTreeSet;

use crate::numbering::{Series, Template};
use crate::pack::{Basis, ClockRule, Nature, Regime};
use crate::{Law, Pack};

/// Every fault in some packs: entries without article, dangling names, overlaps and holes in time.
pub fn faults(law: &Law) -> Vec<String> {
    let mut faults = Vec::new();
    for pack in law.packs() {
        let mut report = |fault: String| faults.push(format!("{}: {fault}", pack.head.id));
        check_head(law, pack, &mut report);
        check_clocks(law, pack, &mut report);
        check_procedure(law, pack, &mut report);
    }
    check_validity(law, &mut faults);
    check_receivers(law, &mut faults);
    check_shared(law, &mut faults);
    reference::faults(law, &mut faults);
    faults
}

fn check_basis(what: &str, basis: &Basis, report: &mut dyn FnMut(String)) {
    if basis.cite.trim().is_empty() {
        report(format!("{what} has no article"));
    }
}

fn check_unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>, report: &mut dyn FnMut(String)) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            report(format!("{what} '{id}' is given twice"));
        }
    }
}

fn check_head(law: &Law, pack: &Pack, report: &mut dyn FnMut(String)) {
    check_basis("the pack", &pack.head.basis, report);
    for hours in &pack.head.hours {
        check_basis("receiving hours", &hours.basis, report);
        if hours.open >= hours.close {
            report(format!("receiving hours open at {} but close at {}", hours.open, hours.close));
        }
    }
    if let Some(quorum) = &pack.head.quorum {
        check_basis("the quorum", &quorum.basis, report);
    }
    if let Some(rule) = &pack.head.around_the_clock {
        check_basis("round-the-clock reception", &rule.basis, report);
        for stage in &rule.stages {
            if !law.elections().iter().flat_map(|e| &e.stage).any(|s| s.kind == *stage) {
                report(format!("round-the-clock reception names stage '{stage}', which no election has"));
            }
        }
    }
    for hours in &pack.head.stage_hours {
        check_basis("hours of a stage", &hours.basis, report);
        if hours.open >= hours.close {
            report(format!("hours of a stage open at {} but close at {}", hours.open, hours.close));
        }
        for stage in hours.stages.iter().filter(|kind| !has_stage(law, kind)) {
            report(format!("hours of a stage name stage '{stage}', which no election has"));
        }
    }
    check_unique("number form", pack.head.number_form.iter().map(|f| f.id.as_str()), report);
    for form in &pack.head.number_form {
        check_basis(&format!("number form {}", form.id), &form.basis, report);
    }
    for number in &pack.head.numbering {
        let what = format!("number pattern '{}'", number.series);
        if !Series::ALL.iter().any(|s| s.id() == number.series) {
            report(format!("{what} is of no known series"));
        }
        check_basis(&what, &number.basis, report);
        if let Err(fault) = number.pattern.parse::<Template>() {
            report(format!("{what}: {fault}: '{}'", number.pattern));
        }
    }
}

fn has_stage(law: &Law, kind: &str) -> bool {
    law.elections().iter().flat_map(|e| &e.stage).any(|s| s.kind == kind)
}

fn check_clocks(law: &Law, pack: &Pack, report: &mut dyn FnMut(String)) {
    check_unique("clock", pack.clocks.iter().map(|c| c.id.as_str()), report);
    for clock in &pack.clocks {
        let what = format!("clock {}", clock.id);
        check_basis(&what, &clock.basis, report);
        match (&clock.until_stage, clock.length, clock.unit) {
            (None, Some(_), Some(_)) => {}
            (Some(stage), None, None) => {
                let known = law.elections().iter().flat_map(|e| &e.stage).any(|s| s.kind == *stage);
                if !known {
                    report(format!("{what} waits for stage '{stage}', which no election has"));
                }
            }
            _ => report(format!("{what} needs length and unit, or a stage, and not both")),
        }
        if clock.lasts_until.is_some() && clock.nature != Nature::Ban {
            report(format!("{what} says until when it lasts and is no ban"));
        }
        if clock.extends.as_ref().is_some_and(|other| pack.clock(other).is_none()) {
            report(format!("{what} extends a clock that this pack does not have"));
        }
        check_readings(clock, &what, report);
    }
}

fn check_readings(clock: &ClockRule, what: &str, report: &mut dyn FnMut(String)) {
    check_unique(&format!("{what}: reading"), clock.reading.iter().map(|r| r.id.as_str()), report);
    for reading in &clock.reading {
        if reading.why.trim().is_empty() {
            report(format!("{what}: reading '{}' has no reason", reading.id));
        }
    }
    if let Some(settled) = &clock.settled {
        let main = clock.unit.map(|u| u.id());
        let known = clock.reading.iter().any(|r| r.id == settled.reading) || main == Some(settled.reading.as_str());
        if !known {
            report(format!("{what}: the settled reading '{}' is not one of its readings", settled.reading));
        }
        if settled.by.trim().is_empty() {
            report(format!("{what}: nothing is named that settles the reading"));
        }
    }
}

fn check_procedure(law: &Law, pack: &Pack, report: &mut dyn FnMut(String)) {
    let p = &pack.procedure;
    check_unique("requirement", p.requirement.iter().map(|r| r.id.as_str()), report);
    check_unique("outcome", p.outcome.iter().map(|o| o.id.as_str()), report);
    check_unique("kind", p.kind.iter().map(|k| k.id.as_str()), report);
    check_unique("route", p.route.iter().map(|r| r.id.as_str()), report);
    check_unique("step", p.step.iter().map(|s| s.id.as_str()), report);
    p.requirement.iter().for_each(|r| check_basis(&format!("requirement {}", r.id), &r.basis, report));
    p.outcome.iter().for_each(|o| check_basis(&format!("outcome {}", o.id), &o.basis, report));
    p.kind.iter().for_each(|k| check_basis(&format!("kind {}", k.id), &k.basis, report));
    for route in &p.route {
        let what = format!("route {}", route.id);
        check_basis(&what, &route.basis, report);
        if pack.kind(&route.kind).is_none() {
            report(format!("{what} is for the unknown kind '{}'", route.kind));
        }
        for role in std::iter::once(&route.to).chain(&route.copies) {
            if !law.receivers().iter().any(|r| r.role == *role) {
                report(format!("{what} goes to the role '{role}', which no authority holds"));
            }
        }
        for subject in route.subjects.iter().filter(|s| *s != "*" && law.subject(s).is_none()) {
            report(format!("{what} names the unknown kind of person '{subject}'"));
        }
        check_clock_name(pack, route.clock.as_deref(), &what, report);
        check_form(route.form.as_deref(), route.form_title.as_deref(), &what, report);
    }
    for step in &p.step {
        let what = format!("step {}", step.id);
        check_basis(&what, &step.basis, report);
        check_clock_name(pack, step.clock.as_deref(), &what, report);
        check_form(step.form.as_deref(), step.form_title.as_deref(), &what, report);
        check_form(step.form_finding.as_deref(), step.form_title.as_deref(), &what, report);
    }
}

fn check_form(code: Option<&str>, title: Option<&str>, what: &str, report: &mut dyn FnMut(String)) {
    if code.is_some() && title.is_none() {
        report(format!("{what} names a form code without a title"));
    }
}

fn check_clock_name(pack: &Pack, clock: Option<&str>, what: &str, report: &mut dyn FnMut(String)) {
    if let Some(id) = clock.filter(|id| pack.clock(id).is_none()) {
        report(format!("{what} answers the clock {id}, which this pack does not have"));
    }
}

/// Packs of one regime follow each other day by day; only the last one is open.
fn check_validity(law: &Law, faults: &mut Vec<String>) {
    for regime in [Regime::Pemilu, Regime::Pilkada, Regime::Discipline] {
        let mut packs: Vec<&Pack> = law.packs().iter().filter(|p| p.head.regime == regime).collect();
        packs.sort_by_key(|p| p.head.valid_from);
        let Some(last) = packs.last() else {
            faults.push(format!("no pack of the regime {regime}"));
            continue;
        };
        if last.head.valid_to.is_some() {
            faults.push(format!("{}: the newest pack of its regime must be open-ended", last.head.id));
        }
        for pair in packs.windows(2) {
            if let [earlier, later] = pair {
                let next = earlier.head.valid_to.and_then(|d| d.tomorrow().ok());
                if next != Some(later.head.valid_from) {
                    faults.push(format!("{} and {} overlap or leave a hole", earlier.head.id, later.head.id));
                }
            }
        }
    }
}

fn check_receivers(law: &Law, faults: &mut Vec<String>) {
    let roles: BTreeSet<&str> = law.receivers().iter().map(|r| r.role.as_str()).collect();
    for role in roles {
        let mut rows: Vec<_> = law.receivers().iter().filter(|r| r.role == role).collect();
        rows.sort_by_key(|r| r.from);
        for row in &rows {
            if law.authority(&row.authority).is_none() {
                faults.push(format!("receiver {role}: unknown authority '{}'", row.authority));
            }
            check_basis(&format!("receiver {role}"), &row.basis, &mut |f| faults.push(f));
        }
        for pair in rows.windows(2) {
            if let [earlier, later] = pair
                && earlier.to.and_then(|d| d.tomorrow().ok()) != Some(later.from)
            {
                faults.push(format!("receiver {role}: two rows overlap or leave a hole before {}", later.from));
            }
        }
        if rows.last().is_some_and(|r| r.to.is_some()) {
            faults.push(format!("receiver {role}: nobody holds it today"));
        }
    }
}

fn check_shared(law: &Law, faults: &mut Vec<String>) {
    let mut report = |fault: String| faults.push(fault);
    check_unique("subject", law.subjects().iter().map(|s| s.id.as_str()), &mut report);
    check_unique("erasure ground", law.erasure_grounds().iter().map(|g| g.id.as_str()), &mut report);
    law.erasure_grounds().iter().for_each(|g| check_basis(&format!("erasure ground {}", g.id), &g.basis, &mut report));
    check_unique("violation", law.violations().iter().map(|v| v.id.as_str()), &mut report);
    check_unique("authority", law.authorities().iter().map(|a| a.id.as_str()), &mut report);
    check_unique("election", law.elections().iter().map(|e| e.id.as_str()), &mut report);
    law.subjects().iter().for_each(|s| check_basis(&format!("subject {}", s.id), &s.basis, &mut report));
    for violation in law.violations() {
        check_basis(&format!("violation {}", violation.id), &violation.basis, &mut report);
        for subject in violation.subjects.iter().filter(|s| *s != "*" && law.subject(s).is_none()) {
            report(format!("violation {}: unknown kind of person '{subject}'", violation.id));
        }
        for subject in violation.subjects_since.keys().filter(|s| !violation.subjects.contains(s)) {
            report(format!("violation {}: '{subject}' is dated and not named", violation.id));
        }
        if let (Some(from), Some(to)) = (violation.acts_from, violation.acts_to)
            && to < from
        {
            report(format!("violation {}: acts_to {to} lies before acts_from {from}", violation.id));
        }
    }
    for election in law.elections() {
        for stage in &election.stage {
            check_basis(&format!("{} stage {}", election.id, stage.kind), &stage.basis, &mut report);
            if stage.to.is_some_and(|to| to < stage.from) {
                report(format!("{} stage {} ends before it begins", election.id, stage.kind));
            }
        }
    }
}
