//! Legal periods in words, from the packs: pages never hold a number of days of their own.

use jiff::civil::Date;
use netra_law::Law;
use netra_law::event::EventKind;
use netra_law::pack::Regime;
use netra_law::units::Length;

/// How long the law gives until an event: `7 hari kerja, paling lama 14 hari kerja`.
pub fn until(law: &Law, regime: Regime, date: Date, end: EventKind) -> Option<String> {
    let pack = law.pack_for(regime, date).ok()?;
    let base = pack.clocks.iter().find(|c| c.ends.contains(&end) && c.extends.is_none())?;
    let usual = words(base.main_length()?);
    let extension = pack.clocks.iter().find(|c| c.extends.as_deref() == Some(base.id.as_str()));
    Some(match extension.and_then(|c| c.main_length()) {
        Some(longest) => format!("{usual}, paling lama {}", words(longest)),
        None => usual,
    })
}

/// The same for both kinds of election: `Pemilu: 7 hari kerja`.
pub fn each(law: &Law, date: Date, end: EventKind) -> Vec<String> {
    [Regime::Pemilu, Regime::Pilkada]
        .into_iter()
        .filter_map(|regime| Some(format!("{}: {}", regime.indonesian(), until(law, regime, date, end)?)))
        .collect()
}

fn words(length: Length) -> String {
    format!("{} {}", length.number(), length.unit().indonesian())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_those_of_the_packs() {
        let law = Law::embedded().unwrap();
        let date = Date::constant(2024, 1, 19);
        let pack = law.pack_for(Regime::Pemilu, date).unwrap();
        let filing = pack.clock("REPORT_FILING").unwrap().main_length().unwrap();
        assert_eq!(until(&law, Regime::Pemilu, date, EventKind::Delivered), Some(words(filing)));
        let handling = until(&law, Regime::Pemilu, date, EventKind::Plenary).unwrap();
        let longest = pack.clock("HANDLING_MAX").unwrap().main_length().unwrap();
        assert!(handling.ends_with(&format!("paling lama {}", words(longest))), "{handling}");
    }

    #[test]
    fn before_all_packs_there_is_no_period() {
        let law = Law::embedded().unwrap();
        assert_eq!(each(&law, Date::constant(1999, 6, 7), EventKind::Delivered), Vec::<String>::new());
    }
}
